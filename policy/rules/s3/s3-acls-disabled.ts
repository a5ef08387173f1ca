import { eachResource } from "../../framework/each.ts";
import { RAISED } from "../../framework/level.ts";
import { stackRule } from "../../framework/rule.ts";
import { BUCKETS, ofBucket, OWNERSHIP_CONTROLS } from "./types.ts";

export const s3AclsDisabled = stackRule({
    id: "s3-acls-disabled",
    title: "Access to a bucket is by policies alone, and all in it is its owner's.",
    why: "Access control lists are a second set of rules that no policy shows, object by object; whoever uploads can give access by them.",
    controls: [
        { standard: "Checkov", id: "CKV2_AWS_65" },
        { standard: "Security Hub", id: "S3.12" },
        { standard: "AWS Config", id: "s3-bucket-acl-prohibited" },
    ],
    remediation: "Add an aws.s3.BucketOwnershipControls with objectOwnership BucketOwnerEnforced.",
    level: RAISED,
    check: (stack) =>
        eachResource(stack.ofType(...BUCKETS), (bucket) => {
            const owned = ofBucket(stack, OWNERSHIP_CONTROLS, bucket).map(
                ({ properties }) => properties.block("rule")?.text("objectOwnership") ?? "not set",
            );
            if (owned.includes("BucketOwnerEnforced")) return [];
            return [
                { message: `the bucket's objectOwnership is ${owned[0] ?? "not set"}; accepted: BucketOwnerEnforced` },
            ];
        }),
});
