import { z } from "zod";
import { each } from "../../framework/each.ts";
import { resourceRule } from "../../framework/rule.ts";
import { allowing, identityPlaces } from "./documents.ts";
import { IDENTITY_TYPES } from "./types.ts";
import { mayBeUnbounded } from "./unbounded-actions.ts";

/** Every resource, of AWS or of a service: `*`, `arn:aws:s3:::*`, all objects of all buckets. */
const isEverything = (arn: string): boolean => /^[*?]+$/.test(arn) || /^arn(:[^:]*){0,4}:[*?/:]+$/.test(arn);

export const iamNoWildcardResources = resourceRule({
    id: "iam-no-wildcard-resources",
    title: "No statement allows an action on every resource, but for those that AWS knows no resource for.",
    why:
        "A role that may read every object or pull every image of the account is as good as all its data. Some actions have no resource: " +
        "they are listed, and a metric's namespace must be named by a condition.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_355" },
        { standard: "Checkov", id: "CKV_AWS_288" },
        { standard: "Checkov", id: "CKV_AWS_290" },
        { standard: "cfn_nag", id: "W11" },
        { standard: "ours", id: "no S3 Resource: *" },
    ],
    remediation: "Name the resources by their ARNs.",
    level: "mandatory",
    options: {
        unbounded: z
            .array(z.string())
            .default([])
            .describe("More actions that may be allowed on every resource, such as ce:Get*."),
    },
    types: IDENTITY_TYPES,
    check: (resource, { options: { unbounded } }) =>
        each(identityPlaces(resource).flatMap(allowing), (statement) => {
            const everything = statement.texts("Resource").filter(isEverything);
            if (everything.length === 0) return [];
            const bounded = statement.texts("Action").filter((action) => !mayBeUnbounded(statement, action, unbounded));
            if (bounded.length === 0) return [];
            const lacksNamespace = bounded.every((action) => action.toLowerCase() === "cloudwatch:putmetricdata");
            const accepted = lacksNamespace ? "a condition on cloudwatch:namespace" : "ARNs of resources";
            return [
                statement.problem(
                    "Resource",
                    `is ${everything.join(", ")} for ${bounded.join(", ")}; accepted: ${accepted}`,
                ),
            ];
        }),
});
