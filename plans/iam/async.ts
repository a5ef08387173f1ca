import type { Input } from "@pulumi/pulumi";
import type { Statement } from "./statement.ts";

/** ARNs of what asynchronous inference uses. */
interface AsyncAccess {
    readonly inputBucket: Input<string>;
    /** Keys of requests in it, ending in `/*`. */
    readonly inputKeys: Input<string>;
    readonly inputObjects: Input<string>;
    /** Of results, and of failures. */
    readonly outputObjects: readonly Input<string>[];
    readonly topics: readonly Input<string>[];
    /** Of what encrypts requests, results and topics; none where that is S3's and SNS's own. */
    readonly keys: readonly Input<string>[];
}

/**
 * What the execution role of an asynchronous endpoint may do beside what its containers need. It lists requests, since S3 otherwise says of
 * one that is missing that it is forbidden.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-create-invoke-update-delete.html
 */
export const asyncStatements = (access: AsyncAccess): Statement[] => [
    { Sid: "AsyncRequests", Effect: "Allow", Action: "s3:GetObject", Resource: access.inputObjects },
    {
        Sid: "AsyncRequestsPrefix",
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: access.inputBucket,
        Condition: { StringLike: { "s3:prefix": access.inputKeys } },
    },
    {
        Sid: "AsyncResults",
        Effect: "Allow",
        Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
        Resource: access.outputObjects,
    },
    ...(access.topics.length === 0
        ? []
        : [{ Sid: "AsyncTopics", Effect: "Allow" as const, Action: "sns:Publish", Resource: access.topics }]),
    ...(access.keys.length === 0
        ? []
        : [
              {
                  Sid: "AsyncKey",
                  Effect: "Allow" as const,
                  Action: ["kms:GenerateDataKey", "kms:Decrypt"], // Decrypt for results in several parts
                  Resource: one(access.keys),
              },
          ]),
];

/** A list of one as the one. */
const one = <Item>(items: readonly Item[]): Item | readonly Item[] => {
    const [first, ...others] = items;
    return first !== undefined && others.length === 0 ? first : items;
};
