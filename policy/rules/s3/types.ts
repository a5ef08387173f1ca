import { attached } from "../../framework/matching.ts";
import type { Resource } from "../../framework/resource.ts";
import type { StackGraph } from "../../framework/stack-graph.ts";

/** A type of the AWS provider's version 7, and its name in version 6. */
const both = (token: string, name: string): readonly string[] => [
    `aws:s3/${token}:${name}`,
    `aws:s3/${token}V2:${name}V2`,
];

export const BUCKETS = both("bucket", "Bucket");
export const PUBLIC_ACCESS_BLOCKS = ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"];
export const OWNERSHIP_CONTROLS = ["aws:s3/bucketOwnershipControls:BucketOwnershipControls"];
export const BUCKET_POLICIES = ["aws:s3/bucketPolicy:BucketPolicy"];
export const ENCRYPTIONS = both("bucketServerSideEncryptionConfiguration", "BucketServerSideEncryptionConfiguration");
export const VERSIONINGS = both("bucketVersioning", "BucketVersioning");
export const LIFECYCLES = both("bucketLifecycleConfiguration", "BucketLifecycleConfiguration");
export const LOGGINGS = both("bucketLogging", "BucketLogging");
export const ACLS = both("bucketAcl", "BucketAcl");

/** The resources of some types that are about a bucket. */
export const ofBucket = (stack: StackGraph, types: readonly string[], bucket: Resource): Resource[] =>
    attached(stack, types, "bucket", bucket, "bucket");
