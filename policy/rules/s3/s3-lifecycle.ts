import { eachResource } from "../../framework/each.ts";
import { RAISED } from "../../framework/level.ts";
import { stackRule } from "../../framework/rule.ts";
import { letsGo, lifecycleRules } from "./lifecycle-rules.ts";
import { BUCKETS, LIFECYCLES, ofBucket } from "./types.ts";

export const s3Lifecycle = stackRule({
    id: "s3-lifecycle",
    title: "A bucket lets go of what is old.",
    why: "With versioning every replaced artifact and every result stays, and is paid for, until somebody deletes it: which nobody does.",
    controls: [
        { standard: "Checkov", id: "CKV2_AWS_61" },
        { standard: "Security Hub", id: "S3.13" },
        { standard: "AWS Config", id: "s3-lifecycle-policy-check" },
    ],
    remediation:
        "Add an aws.s3.BucketLifecycleConfiguration whose rules expire old versions or objects, or move them to a cheaper class.",
    level: RAISED,
    check: (stack) =>
        eachResource(stack.ofType(...BUCKETS), (bucket) => {
            const rules = ofBucket(stack, LIFECYCLES, bucket).flatMap(lifecycleRules);
            if (rules.some(letsGo)) return [];
            return [{ message: "no lifecycle rule in force expires or moves what the bucket holds; accepted: one" }];
        }),
});
