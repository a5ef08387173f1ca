import type { Input } from "@pulumi/pulumi";
import { volumeKeyStatement } from "./key-use.ts";
import type { Statement } from "./statement.ts";

/** ARNs of what a state machine that runs transform jobs uses. */
export interface WorkflowAccess {
    /** The stack's transform jobs, with `*` at the end of their common prefix. */
    readonly jobs: Input<string>;
    /** The rule by which Step Functions learns that a job has ended; it makes it itself. */
    readonly managedRule: Input<string>;
    readonly failureTopic: Input<string>;
    /** ARN of the key that encrypts the topic. @default - SNS's own */
    readonly key?: Input<string> | undefined;
    /** Whether it encrypts the volumes of the jobs' instances, too. @default false */
    readonly encryptsVolumes?: boolean;
}

/**
 * Least privilege for the state machine's role. AddTags, since Step Functions tags the jobs it starts.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html#sagemaker-iam
 */
export const workflowStatements = ({
    jobs,
    managedRule,
    failureTopic,
    key,
    encryptsVolumes = false,
}: WorkflowAccess): Statement[] => [
    {
        Sid: "TransformJobs",
        Effect: "Allow",
        Action: [
            "sagemaker:CreateTransformJob",
            "sagemaker:DescribeTransformJob",
            "sagemaker:StopTransformJob",
            "sagemaker:AddTags",
            "sagemaker:ListTags",
        ],
        Resource: jobs,
    },
    {
        Sid: "JobEvents",
        Effect: "Allow",
        Action: ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
        Resource: managedRule,
    },
    { Sid: "FailureTopic", Effect: "Allow", Action: "sns:Publish", Resource: failureTopic },
    ...(key === undefined
        ? []
        : [
              {
                  Sid: "FailureTopicKey",
                  Effect: "Allow" as const,
                  Action: ["kms:Decrypt", "kms:GenerateDataKey"],
                  Resource: key,
              },
          ]),
    ...(key === undefined || !encryptsVolumes ? [] : [volumeKeyStatement(key)]),
    {
        Sid: "LogDelivery",
        Effect: "Allow",
        Action: [
            "logs:CreateLogDelivery",
            "logs:GetLogDelivery",
            "logs:UpdateLogDelivery",
            "logs:DeleteLogDelivery",
            "logs:ListLogDeliveries",
            "logs:PutResourcePolicy",
            "logs:DescribeResourcePolicies",
            "logs:DescribeLogGroups",
        ],
        Resource: "*", // deliveries and resource policies are the account's, CloudWatch Logs knows no resource for them
    },
];

/** For the role of the rule that starts the state machine. */
export const starterStatements = (stateMachine: Input<string>): Statement[] => [
    { Sid: "StartExecution", Effect: "Allow", Action: "states:StartExecution", Resource: stateMachine },
];

/** Lets the rule, and nobody else, put events that could not be delivered into the queue. */
export const undeliveredEvents = (queue: Input<string>, rule: Input<string>): Statement[] => [
    {
        Sid: "UndeliveredEvents",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queue,
        Condition: { ArnEquals: { "aws:SourceArn": rule } },
    },
    {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: queue,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
];
