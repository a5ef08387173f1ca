import { RAISED } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";

export const sqsEncryption = resourceRule({
    id: "sqs-encryption",
    title: "A queue is encrypted.",
    why: "What waits in a queue, such as events that could not be delivered, lies on disks for up to two weeks.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_27" },
        { standard: "Security Hub", id: "SQS.1" },
    ],
    remediation: "Set sqsManagedSseEnabled to true, or kmsMasterKeyId.",
    level: RAISED,
    types: ["aws:sqs/queue:Queue"],
    check: ({ properties: queue }) => {
        if (queue.has("kmsMasterKeyId") || queue.flag("sqsManagedSseEnabled") === true) return [];
        const found = queue.has("sqsManagedSseEnabled") ? "is false" : "is not set";
        return [
            queue.problem("sqsManagedSseEnabled", `${found}, and there is no kmsMasterKeyId; accepted: true, or a key`),
        ];
    },
});
