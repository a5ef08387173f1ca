import { resourceRule } from "../../framework/rule.ts";
import { publicProblems } from "../iam/public-access.ts";

export const sqsPolicyNotPublic = resourceRule({
    id: "sqs-policy-not-public",
    title: "A queue is for named principals.",
    why: "Whoever may send puts in what is taken for events of one's own; whoever may receive takes them away.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_168" },
        { standard: "Security Hub", id: "SQS.3" },
    ],
    remediation: "Name who sends and receives, or the source by a condition on aws:SourceArn.",
    level: "mandatory",
    types: ["aws:sqs/queue:Queue", "aws:sqs/queuePolicy:QueuePolicy"],
    check: publicProblems,
});
