import { z } from "zod";
import { attempt, each, eachResource } from "../../framework/each.ts";
import { matchesAny } from "../../framework/glob.ts";
import type { Resource } from "../../framework/resource.ts";
import { stackRule } from "../../framework/rule.ts";
import { ROLE } from "../iam/types.ts";
import { containersOf, isPackaged } from "../sagemaker/containers.ts";
import { MODEL } from "../sagemaker/types.ts";
import { namedBuckets } from "./named-buckets.ts";
import { roleStatements } from "./role-statements.ts";

/** The bucket of an ARN of S3. @returns undefined for another service's, and for all buckets, which iam-no-wildcard-resources says */
function bucketOf(arn: string): string | undefined {
    const [, bucket] = /^arn:[^:]*:s3:::([^/]+)/.exec(arn) ?? [];
    return bucket === undefined || /^[*?]+$/.test(bucket) ? undefined : bucket;
}

export const roleReadsBuckets = stackRule({
    id: "role-reads-buckets",
    title: "The role of a model uses the buckets that the model and its endpoint name, and those of the stack; a registered version names its own elsewhere.",
    why: "A container that was taken over reads what its role may read: another team's bucket should not be among it.",
    controls: [{ standard: "ours", id: "a role that can read other buckets" }],
    remediation: "Name the model's own buckets in the role's policy, or allow the bucket here.",
    level: "mandatory",
    options: {
        allowed: z
            .array(z.string())
            .default([])
            .describe("Names of more buckets that roles may use; * stands for any text."),
    },
    check: (stack, { options: { allowed } }) => {
        const seen = new Set<Resource>();
        const models = stack.ofType(MODEL);
        return eachResource(models, (model) => {
            const role = stack.referred(model, model.properties, "executionRoleArn", ROLE, "arn");
            if (role === undefined || seen.has(role)) return [];
            seen.add(role);
            if (containersOf(model.properties).some(isPackaged)) return [];
            const named = namedBuckets(stack, models);
            return attempt(() =>
                each(roleStatements(stack, role), ({ holder, statement }) => {
                    const others = statement
                        .texts("Resource")
                        .flatMap((arn) => bucketOf(arn) ?? [])
                        .filter((bucket) => !named.includes(bucket) && !matchesAny(allowed, bucket));
                    if (others.length === 0) return [];
                    const problem = statement.problem(
                        "Resource",
                        `names ${[...new Set(others)].join(", ")}; accepted: buckets of the model, of its endpoint and of the stack`,
                    );
                    return [{ ...problem, resource: holder }];
                }),
            );
        });
    },
});
