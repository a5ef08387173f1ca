import type { Input } from "@pulumi/pulumi";
import type { Statement } from "./statement.ts";

/** What VPC flow logs need to write to a log group that is there. */
export const flowLogStatements = (logGroup: Input<string>, streams: Input<string>): Statement[] => [
    {
        Sid: "FlowLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        Resource: [logGroup, streams],
    },
];
