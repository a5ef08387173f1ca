import { eachResource } from "../../framework/each.ts";
import type { Fields } from "../../framework/fields.ts";
import { IN_PROD } from "../../framework/level.ts";
import { stackRule } from "../../framework/rule.ts";
import { BUCKETS, ENCRYPTIONS, ofBucket } from "./types.ts";

const isKms = (rule: Fields): boolean => {
    const byDefault = rule.block("applyServerSideEncryptionByDefault");
    return (byDefault?.text("sseAlgorithm") ?? "").startsWith("aws:kms") && byDefault?.has("kmsMasterKeyId") === true;
};

export const s3EncryptionKms = stackRule({
    id: "s3-encryption-kms",
    title: "Objects of a bucket are encrypted with a KMS key of one's own.",
    why: "Model data, requests and results are what others want; with a key of one's own, reading them needs two permissions and is recorded.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_145" },
        { standard: "Security Hub", id: "S3.17" },
        { standard: "AWS Config", id: "s3-default-encryption-kms" },
    ],
    remediation:
        "Give the bucket an aws.s3.BucketServerSideEncryptionConfiguration with sseAlgorithm aws:kms and a kmsMasterKeyId, and bucketKeyEnabled.",
    level: IN_PROD,
    check: (stack) =>
        eachResource(stack.ofType(...BUCKETS), (bucket) => {
            const rules = ofBucket(stack, ENCRYPTIONS, bucket).flatMap(({ properties }) => properties.blocks("rules"));
            if (rules.some(isKms)) return [];
            const algorithm = rules[0]?.block("applyServerSideEncryptionByDefault")?.text("sseAlgorithm");
            const found =
                algorithm === undefined
                    ? "S3's own alone"
                    : `${algorithm}${algorithm.startsWith("aws:kms") ? " without a key" : ""}`;
            return [{ message: `the bucket's encryption is ${found}; accepted: aws:kms with a kmsMasterKeyId` }];
        }),
});
