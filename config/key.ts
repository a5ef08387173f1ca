import { z } from "zod";
import { LIMITS } from "../plans/limits.ts";
import { matching, object, optional, whole } from "./fields.ts";

const accepted =
    "the ARN of a KMS key, such as arn:aws:kms:us-east-1:123456789012:key/…, no alias; or a mapping of make";

/** The key that encrypts what a stack keeps. */
export const key = z.union(
    [
        matching(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, accepted),
        object({
            make: object({
                deletionDays: optional(
                    whole(LIMITS.keyDeletionDays, "days"),
                    "Until the key of a stack that was destroyed is gone. Default 30.",
                ),
                rotationDays: optional(whole(LIMITS.keyRotationDays, "days"), "Between rotations. Default 365."),
            }).describe("A key of the stack's own, which its role and the services of its data alone may use."),
        }),
    ],
    { error: accepted },
);
