import { LIMITS } from "../plans/limits.ts";
import { matching, object, optional, whole } from "./fields.ts";

const prefix = matching(/^s3:\/\/[a-z0-9.-]{3,63}\/.+\/$/, "s3://bucket/prefix/, ending in /");

const topic = (what: string) =>
    optional(
        matching(/^(?:create|arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+)$/, "create; or a topic's ARN, arn:aws:sns:…"),
        `Topic that hears of each ${what}: its ARN, or create. Default: none.`,
    );

/** Requests that wait in a queue. */
export const asyncInference = object({
    input: optional(prefix, "Where callers put requests. Default: input/ of a bucket made for it."),
    output: optional(prefix, "Where results are written. Default: output/ of a bucket made for it."),
    failure: optional(prefix, "Where it is written what went wrong. Default: failure/ of a bucket made for it."),
    successTopic: topic("result"),
    errorTopic: topic("failure"),
    maxConcurrentInvocationsPerInstance: optional(
        whole(LIMITS.asyncConcurrency, "requests"),
        "In flight to each instance. Default: SageMaker's choice.",
    ),
    kmsKey: optional(
        matching(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, "the ARN of a key, arn:aws:kms:…:key/…"),
        "Key that results are encrypted with. Default: the stack's key; without one S3's own encryption.",
    ),
});
