import { eachResource } from "../../framework/each.ts";
import { stackRule } from "../../framework/rule.ts";
import { BUCKETS, ofBucket, PUBLIC_ACCESS_BLOCKS } from "./types.ts";

const SETTINGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

export const s3PublicAccessBlock = stackRule({
    id: "s3-public-access-block",
    title: "No policy and no list of grants can make a bucket public.",
    why: "A bucket is made public by one wrong line, months after its review; the block holds against that line.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_53" },
        { standard: "Checkov", id: "CKV_AWS_54" },
        { standard: "Checkov", id: "CKV_AWS_55" },
        { standard: "Checkov", id: "CKV_AWS_56" },
        { standard: "Checkov", id: "CKV2_AWS_6" },
        { standard: "Security Hub", id: "S3.8" },
    ],
    remediation: `Add an aws.s3.BucketPublicAccessBlock with ${SETTINGS.join(", ")}.`,
    level: "mandatory",
    check: (stack) =>
        eachResource(stack.ofType(...BUCKETS), (bucket) => {
            const blocks = ofBucket(stack, PUBLIC_ACCESS_BLOCKS, bucket);
            if (blocks.length === 0) return [{ message: "no public access block names the bucket; accepted: one" }];
            return eachResource(blocks, ({ properties: block }) =>
                SETTINGS.filter((setting) => block.flag(setting) !== true).map((setting) =>
                    block.problem(setting, `is ${block.has(setting) ? "false" : "not set"}; accepted: true`),
                ),
            );
        }),
});
