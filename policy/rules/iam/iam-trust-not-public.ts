import { each } from "../../framework/each.ts";
import { resourceRule } from "../../framework/rule.ts";
import { allowing, trustPlaces } from "./documents.ts";
import { isForAll } from "./principals.ts";
import { ROLE } from "./types.ts";

export const iamTrustNotPublic = resourceRule({
    id: "iam-trust-not-public",
    title: "Nobody but named principals may take a role.",
    why: "With Principal * everybody who has an AWS account may take the role, however little it may do.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_60" },
        { standard: "Checkov", id: "CKV_AWS_61" },
    ],
    remediation: "Name the service or the role that takes it.",
    level: "mandatory",
    types: [ROLE],
    check: (role) =>
        each(trustPlaces(role).flatMap(allowing), (statement) =>
            isForAll(statement)
                ? [statement.problem("Principal", "is *; accepted: a service, or principals by ARN")]
                : [],
        ),
});
