import { IN_PROD } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { LOG_GROUP } from "./types.ts";

export const logGroupKms = resourceRule({
    id: "log-group-kms",
    title: "A log is encrypted with a KMS key of one's own.",
    why: "Containers log what confuses them, which is customers' requests; with a key, access can be taken away and is recorded.",
    controls: [{ standard: "Checkov", id: "CKV_AWS_158" }],
    remediation: "Set kmsKeyId to a key whose policy lets CloudWatch Logs use it.",
    level: IN_PROD,
    types: [LOG_GROUP],
    check: ({ properties: group }) =>
        group.has("kmsKeyId") ? [] : [group.problem("kmsKeyId", "is not set; accepted: the ARN of a KMS key")],
});
