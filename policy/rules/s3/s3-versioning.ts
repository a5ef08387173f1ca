import { eachResource } from "../../framework/each.ts";
import { RAISED } from "../../framework/level.ts";
import { stackRule } from "../../framework/rule.ts";
import { BUCKETS, ofBucket, VERSIONINGS } from "./types.ts";

export const s3Versioning = stackRule({
    id: "s3-versioning",
    title: "A bucket keeps what was replaced or deleted.",
    why: "An artifact that was overwritten by mistake is gone, and with it the model that every new instance of the endpoint reads.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_21" },
        { standard: "Security Hub", id: "S3.14" },
        { standard: "AWS Config", id: "s3-bucket-versioning-enabled" },
    ],
    remediation: "Add an aws.s3.BucketVersioning with status Enabled, and a lifecycle that lets old versions go.",
    level: RAISED,
    check: (stack) =>
        eachResource(stack.ofType(...BUCKETS), (bucket) => {
            const stated = ofBucket(stack, VERSIONINGS, bucket).map(
                ({ properties }) => properties.block("versioningConfiguration")?.text("status") ?? "not set",
            );
            if (stated.includes("Enabled")) return [];
            return [{ message: `the bucket's versioning is ${stated[0] ?? "not set"}; accepted: Enabled` }];
        }),
});
