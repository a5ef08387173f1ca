import { IN_PROD } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { TOPIC } from "./types.ts";

export const snsEncryption = resourceRule({
    id: "sns-encryption",
    title: "A topic is encrypted with a KMS key.",
    why: "Messages say what is wrong with what, and for how long; with a key their reading is recorded.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_26" },
        { standard: "Security Hub", id: "SNS.1" },
        { standard: "AWS Config", id: "sns-encrypted-kms" },
    ],
    remediation: "Set kmsMasterKeyId to a key that those who publish may use.",
    level: IN_PROD,
    types: [TOPIC],
    check: ({ properties: topic }) =>
        topic.has("kmsMasterKeyId") ? [] : [topic.problem("kmsMasterKeyId", "is not set; accepted: a KMS key")],
});
