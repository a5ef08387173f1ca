import type { Input } from "@pulumi/pulumi";
import { serviceTrust } from "./service-trust.ts";
import type { Statement } from "./statement.ts";

/** What the execution role reads of a model. */
export interface ModelReads {
    /** ARNs of the ECR repositories the images are in; without duplicates. */
    readonly repositories: readonly Input<string>[];
    /** ARNs of the model data objects, or of `prefix/*` for uncompressed data. */
    readonly objects: readonly Input<string>[];
    /** Prefixes that are listed, for uncompressed data: ARN of the bucket, and the pattern of keys in it, ending in `/*`. */
    readonly prefixes: readonly { readonly bucket: Input<string>; readonly keys: Input<string> }[];
}

/** What running a model takes beside. */
export interface ModelRuns {
    /** ARNs of the log groups of the endpoint and of transform jobs: each itself, and with `:*` its streams. */
    readonly logGroups: readonly Input<string>[];
    /** ARNs of `prefix/*` that results of a batch transform are written to. @default - none */
    readonly results?: readonly Input<string>[];
    /** ARNs of the alarms that roll a deployment back, which SageMaker looks at in this role. @default - none */
    readonly alarms?: readonly Input<string>[];
}

/** Who may take the execution role: SageMaker, acting for this account. */
export const executionRoleTrust = (account: Input<string>): Statement[] =>
    serviceTrust("SageMaker", "sagemaker.amazonaws.com", account);

/**
 * Least privilege for running a model.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createmodel-perms
 */
export const runStatements = ({ logGroups, results = [], alarms = [] }: ModelRuns): Statement[] => [
    {
        Sid: "Logs",
        Effect: "Allow",
        Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        Resource: logGroups,
    },
    {
        Sid: "Metrics",
        Effect: "Allow",
        Action: "cloudwatch:PutMetricData",
        Resource: "*", // CloudWatch knows no resource for it; the condition takes its place
        Condition: { StringEquals: { "cloudwatch:namespace": ["AWS/SageMaker", "/aws/sagemaker/Endpoints"] } },
    },
    ...onAny(results, {
        Sid: "TransformResults",
        Effect: "Allow",
        Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
    }),
    ...onAny(alarms, { Sid: "RollbackAlarms", Effect: "Allow", Action: "cloudwatch:DescribeAlarms" }),
];

const REGISTRY_LOGIN: Statement = {
    Sid: "RegistryLogin",
    Effect: "Allow",
    Action: "ecr:GetAuthorizationToken",
    Resource: "*", // the token is the registry's, ECR knows no resource for it
};

/** Least privilege for what a model is made of, by the same source. */
export const readStatements = ({ repositories, objects, prefixes }: ModelReads): Statement[] => [
    ...onAny(repositories, {
        Sid: "Images",
        Effect: "Allow",
        Action: ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
    }),
    ...(repositories.length === 0 ? [] : [REGISTRY_LOGIN]),
    ...onAny(objects, { Sid: "ModelData", Effect: "Allow", Action: "s3:GetObject" }),
    ...prefixes.map(({ bucket, keys }, index) => ({
        Sid: `ModelDataPrefix${index}`,
        Effect: "Allow" as const,
        Action: "s3:ListBucket",
        Resource: bucket,
        Condition: { StringLike: { "s3:prefix": keys } },
    })),
];

/** IAM takes no statement without a resource. */
const onAny = (resources: readonly Input<string>[], statement: Omit<Statement, "Resource">): Statement[] =>
    resources.length === 0 ? [] : [{ ...statement, Resource: resources }];
