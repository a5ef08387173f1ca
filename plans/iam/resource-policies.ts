import type { Input } from "@pulumi/pulumi";
import type { Statement } from "./statement.ts";

/** Refuses whoever talks to the bucket without TLS. */
export const tlsOnly = (bucketArn: Input<string>, objectsArn: Input<string>): Statement[] => [
    {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucketArn, objectsArn],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
];

/** Refuses whoever publishes to the topic without TLS. */
export const tlsOnlyTopic = (topicArn: Input<string>): Statement => ({
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: "*",
    Action: "sns:Publish",
    Resource: topicArn,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
});

/**
 * Lets SageMaker itself pull, which an image of one's own needs where it stands in a pipeline beside AWS's built-in algorithms.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/inference-pipeline-real-time.html
 */
export const pulledBySageMaker = (account: Input<string>): Statement[] => [
    {
        Sid: "PulledBySageMaker",
        Effect: "Allow",
        Principal: { Service: "sagemaker.amazonaws.com" },
        Action: ["ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage", "ecr:BatchCheckLayerAvailability"],
        Condition: { StringEquals: { "aws:SourceAccount": account } },
    },
];
