import { RAISED } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";

export const s3ObjectEncryption = resourceRule({
    id: "s3-object-encryption",
    title: "An object is encrypted as its bucket says, or with a KMS key.",
    why: "What an object says of its own encryption goes over the bucket's: AES256 there leaves it outside of the key that guards the rest.",
    controls: [{ standard: "Checkov", id: "CKV_AWS_186" }],
    remediation: "Leave serverSideEncryption to the bucket, or set it to aws:kms.",
    level: RAISED,
    types: ["aws:s3/bucketObjectv2:BucketObjectv2", "aws:s3/bucketObject:BucketObject", "aws:s3/objectCopy:ObjectCopy"],
    check: ({ properties: object }) => {
        const algorithm = object.text("serverSideEncryption");
        if (algorithm === undefined || algorithm.startsWith("aws:kms")) return [];
        return [object.problem("serverSideEncryption", `is ${algorithm}; accepted: aws:kms, aws:kms:dsse, or none`)];
    },
});
