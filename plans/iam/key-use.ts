import type { Input } from "@pulumi/pulumi";
import type { Statement } from "./statement.ts";

/** What an execution role does with the stack's key, beside what capture and queues need of it. */
export interface KeyUse {
    /** ARN of the key. */
    readonly key: Input<string>;
    /** Model data lies in a bucket that it encrypts. */
    readonly modelData: boolean;
    /** A transform job's files do, and its results. */
    readonly transform: boolean;
    /** Volumes of instances are encrypted with it. */
    readonly volumes: boolean;
}

/** Grants for volumes, which AWS's services alone may get. */
export const volumeKeyStatement = (key: Input<string>): Statement => ({
    Sid: "VolumeKey",
    Effect: "Allow",
    Action: "kms:CreateGrant",
    Resource: key,
    Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
});

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html */
export const keyUseStatements = ({ key, modelData, transform, volumes }: KeyUse): Statement[] => [
    ...(modelData ? [{ Sid: "ModelDataKey", Effect: "Allow" as const, Action: "kms:Decrypt", Resource: key }] : []),
    ...(transform
        ? [
              {
                  Sid: "TransformKey",
                  Effect: "Allow" as const,
                  Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
                  Resource: key,
              },
          ]
        : []),
    ...(volumes ? [volumeKeyStatement(key)] : []),
];
