import type { Input } from "@pulumi/pulumi";
import type { Statement } from "./statement.ts";

/** Lets the alarms of this account, and nothing else, publish to their topic. */
export const alarmTopicStatements = (topic: Input<string>, account: Input<string>): Statement[] => [
    {
        Sid: "Alarms",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topic,
        Condition: { StringEquals: { "aws:SourceAccount": account } },
    },
];
