import { eachResource } from "../../framework/each.ts";
import { HINT_IN_PROD } from "../../framework/level.ts";
import { stackRule } from "../../framework/rule.ts";
import { BUCKETS, LOGGINGS, ofBucket } from "./types.ts";

export const s3Logging = stackRule({
    id: "s3-logging",
    title: "Who reads and writes a bucket is recorded.",
    why: "After an incident the question is what was read. CloudTrail's data events answer it too, and are a reason to switch this off.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_18" },
        { standard: "Security Hub", id: "S3.9" },
        { standard: "AWS Config", id: "s3-bucket-logging-enabled" },
    ],
    remediation:
        "Add an aws.s3.BucketLogging with a bucket for logs, or record S3's data events in CloudTrail and disable the rule.",
    level: HINT_IN_PROD,
    check: (stack) => {
        const buckets = stack.ofType(...BUCKETS);
        return eachResource(buckets, (bucket) => {
            if (ofBucket(stack, LOGGINGS, bucket).length > 0) return [];
            const isTarget = stack
                .ofType(...LOGGINGS)
                .some(({ properties }) => properties.text("targetBucket") === bucket.properties.text("bucket"));
            return isTarget ? [] : [{ message: "no logging names the bucket; accepted: one" }]; // a bucket of logs would log its own logging
        });
    },
});
