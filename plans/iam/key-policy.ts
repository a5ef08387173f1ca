import type { Input } from "@pulumi/pulumi";
import type { Statement } from "./statement.ts";

/** Who uses a stack's key beside those who administer it. */
export interface KeyUsers {
    /** ARN of the account itself, which stands for all that its IAM policies allow. */
    readonly account: Input<string>;
    readonly accountId: Input<string>;
    /** ARN of the model's execution role. @default - nothing runs the model */
    readonly executionRole?: Input<string>;
    /** ARNs of other accounts, which deploy what the stack registers. */
    readonly readers: readonly Input<string>[];
    /** Names of the services that those may use the key through. */
    readonly readThrough: readonly Input<string>[];
    /** Names of the services that principals of the account may use the key through, such as `s3.eu-west-1.amazonaws.com`. */
    readonly through: readonly Input<string>[];
    /** CloudWatch Logs in the key's region. */
    readonly logsService: Input<string>;
    /** ARNs of the log groups that the key encrypts. */
    readonly logGroups: readonly Input<string>[];
    /** Whether alarms publish to topics that the key encrypts. */
    readonly alarms: boolean;
}

/** In a key's policy the resource is the key itself. */
const THIS_KEY = "*";

const ADMINISTRATION = [
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListKeyRotations",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:RevokeGrant",
    "kms:RotateKeyOnDemand",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
];

/**
 * The policy of a stack's key. Principals of the account administer it as far as their IAM policies say; without a statement for the account
 * nobody could ever change the policy again. They use it through the services that keep the stack's data alone, so whoever may read an object
 * reads it, and nobody decrypts anything with the key itself.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export const keyPolicyStatements = (users: KeyUsers): Statement[] => [
    {
        Sid: "AdministeredByIam",
        Effect: "Allow",
        Principal: { AWS: users.account },
        Action: ADMINISTRATION,
        Resource: THIS_KEY,
    },
    {
        Sid: "UsedThroughServices",
        Effect: "Allow",
        Principal: { AWS: users.account },
        Action: ["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey", "kms:RetireGrant"], // ECR retires its grants
        Resource: THIS_KEY,
        Condition: { StringEquals: { "kms:ViaService": users.through } },
    },
    {
        Sid: "GrantsForServices", // for volumes of instances, by whoever makes the endpoint, and for repositories
        Effect: "Allow",
        Principal: { AWS: users.account },
        Action: "kms:CreateGrant",
        Resource: THIS_KEY,
        Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
    ...(users.executionRole === undefined
        ? []
        : [
              {
                  Sid: "ExecutionRole",
                  Effect: "Allow" as const,
                  Principal: { AWS: users.executionRole },
                  Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:DescribeKey"],
                  Resource: THIS_KEY,
              },
          ]),
    ...(users.readers.length === 0
        ? []
        : [
              {
                  Sid: "RegisteredVersions",
                  Effect: "Allow" as const,
                  Principal: { AWS: users.readers },
                  Action: ["kms:Decrypt", "kms:DescribeKey"],
                  Resource: THIS_KEY,
                  Condition: { StringEquals: { "kms:ViaService": users.readThrough } },
              },
          ]),
    ...(users.logGroups.length === 0
        ? []
        : [
              {
                  Sid: "Logs",
                  Effect: "Allow" as const,
                  Principal: { Service: users.logsService },
                  Action: [
                      "kms:Encrypt",
                      "kms:Decrypt",
                      "kms:ReEncryptFrom",
                      "kms:ReEncryptTo",
                      "kms:GenerateDataKey",
                      "kms:GenerateDataKeyWithoutPlaintext",
                      "kms:DescribeKey",
                  ],
                  Resource: THIS_KEY,
                  Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": users.logGroups } },
              },
          ]),
    ...(users.alarms
        ? [
              {
                  Sid: "Alarms",
                  Effect: "Allow" as const,
                  Principal: { Service: "cloudwatch.amazonaws.com" },
                  Action: ["kms:Decrypt", "kms:GenerateDataKey"],
                  Resource: THIS_KEY,
                  Condition: { StringEquals: { "aws:SourceAccount": users.accountId } },
              },
          ]
        : []),
];
