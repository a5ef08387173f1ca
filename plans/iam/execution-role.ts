import type { Input } from "@pulumi/pulumi";
import { serviceTrust } from "./service-trust.ts";
import type { Statement } from "./statement.ts";

/** What a model's containers read and write; the role may do just that. */
export interface ModelAccess {
    /** ARNs of the ECR repositories the images are in; without duplicates. */
    readonly repositories: readonly Input<string>[];
    /** ARNs of the model data objects, or of `prefix/*` for uncompressed data. */
    readonly objects: readonly Input<string>[];
    /** Prefixes that are listed, for uncompressed data: ARN of the bucket, and the pattern of keys in it, ending in `/*`. */
    readonly prefixes: readonly { readonly bucket: Input<string>; readonly keys: Input<string> }[];
    /** ARNs of `prefix/*` that results of a batch transform are written to. @default - none */
    readonly results?: readonly Input<string>[];
    /** ARNs of the alarms that roll a deployment back, which SageMaker looks at in this role. @default - none */
    readonly alarms?: readonly Input<string>[];
    /** ARNs of the log groups of the endpoint and of transform jobs: each itself, and with `:*` its streams. */
    readonly logGroups: readonly Input<string>[];
}

/** Who may take the execution role: SageMaker, acting for this account. */
export const executionRoleTrust = (account: Input<string>): Statement[] =>
    serviceTrust("SageMaker", "sagemaker.amazonaws.com", account);

/**
 * Least privilege for a model's execution role.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createmodel-perms
 */
export function executionRoleStatements(access: ModelAccess): Statement[] {
    const statements: Statement[] = [
        {
            Sid: "Logs",
            Effect: "Allow",
            Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
            Resource: access.logGroups,
        },
        {
            Sid: "Metrics",
            Effect: "Allow",
            Action: "cloudwatch:PutMetricData",
            Resource: "*", // CloudWatch knows no resource for it; the condition takes its place
            Condition: { StringEquals: { "cloudwatch:namespace": ["AWS/SageMaker", "/aws/sagemaker/Endpoints"] } },
        },
    ];
    if (access.repositories.length > 0) {
        statements.push(
            {
                Sid: "Images",
                Effect: "Allow",
                Action: ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"],
                Resource: access.repositories,
            },
            {
                Sid: "RegistryLogin",
                Effect: "Allow",
                Action: "ecr:GetAuthorizationToken",
                Resource: "*", // the token is the registry's, ECR knows no resource for it
            },
        );
    }
    if (access.objects.length > 0) {
        statements.push({ Sid: "ModelData", Effect: "Allow", Action: "s3:GetObject", Resource: access.objects });
    }
    if (access.results !== undefined && access.results.length > 0) {
        statements.push({
            Sid: "TransformResults",
            Effect: "Allow",
            Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
            Resource: access.results,
        });
    }
    if (access.alarms !== undefined && access.alarms.length > 0) {
        statements.push({
            Sid: "RollbackAlarms",
            Effect: "Allow",
            Action: "cloudwatch:DescribeAlarms",
            Resource: access.alarms,
        });
    }
    for (const [index, { bucket, keys }] of access.prefixes.entries()) {
        statements.push({
            Sid: `ModelDataPrefix${index}`,
            Effect: "Allow",
            Action: "s3:ListBucket",
            Resource: bucket,
            Condition: { StringLike: { "s3:prefix": keys } },
        });
    }
    return statements;
}
