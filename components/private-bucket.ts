import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { tlsOnly } from "../plans/iam/resource-policies.ts";
import { policyDocument, type Statement } from "../plans/iam/statement.ts";

/** How a stack keeps all of its buckets. */
export interface BucketCare {
    /** ARN of the KMS key that encrypts objects. @default - S3's own */
    readonly keyArn?: pulumi.Input<string> | undefined;
    /** Name of a bucket that is there, in which S3 records who reads and writes. @default - nowhere */
    readonly accessLogBucket?: string | undefined;
}

export interface PrivateBucketArgs extends BucketCare {
    /** Deletes what is in the bucket along with it. @default false: a bucket that holds something cannot be deleted */
    readonly forceDestroy?: boolean;
    /** Days until an object that was replaced or deleted is gone for good. */
    readonly keepReplacedDays: number;
    /** Days until an object is deleted by itself. @default - never */
    readonly keepDays?: number;
    /** What the bucket's policy allows others, for the bucket's ARN. @default - nothing */
    readonly grants?: (bucketArn: pulumi.Output<string>) => readonly Statement[];
}

/** A bucket once it is as it should be. */
export interface PrivateBucket {
    readonly name: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
}

/**
 * A bucket and all that keeps it private: TLS only, no public access, no ACLs, encrypted, versioned, incomplete uploads aborted after a
 * day. The resources are the children of `parent`, named as it is.
 * @returns its name, known once all of that holds: objects come only then
 */
export function privateBucket(
    name: string,
    { forceDestroy = false, keepReplacedDays, keepDays, keyArn, accessLogBucket, grants }: PrivateBucketArgs,
    parent: pulumi.Resource,
): PrivateBucket {
    const child = { parent };
    const { bucket, arn } = new aws.s3.Bucket(name, { forceDestroy }, child);
    const blocked = new aws.s3.BucketPublicAccessBlock(
        name,
        {
            bucket,
            blockPublicAcls: true,
            blockPublicPolicy: true,
            ignorePublicAcls: true,
            restrictPublicBuckets: true,
        },
        child,
    );
    new aws.s3.BucketOwnershipControls(name, { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } }, child);
    const encrypted = new aws.s3.BucketServerSideEncryptionConfiguration(
        name,
        { bucket, rules: [encryption(keyArn)] },
        child,
    );
    const versioned = new aws.s3.BucketVersioning(
        name,
        { bucket, versioningConfiguration: { status: "Enabled" } },
        child,
    );
    new aws.s3.BucketLifecycleConfiguration(
        name,
        {
            bucket,
            rules: [
                {
                    id: "abort-uploads",
                    status: "Enabled",
                    filter: {},
                    abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
                },
                {
                    id: "expire-replaced", // until then an object that a newer one replaced can be had back
                    status: "Enabled",
                    filter: {},
                    noncurrentVersionExpiration: { noncurrentDays: keepReplacedDays },
                },
                ...(keepDays === undefined
                    ? []
                    : [{ id: "expire", status: "Enabled", filter: {}, expiration: { days: keepDays } }]),
            ],
        },
        { ...child, dependsOn: versioned },
    );
    if (accessLogBucket !== undefined) {
        const targetPrefix = pulumi.interpolate`${bucket}/`;
        new aws.s3.BucketLogging(name, { bucket, targetBucket: accessLogBucket, targetPrefix }, child);
    }
    // S3 answers OperationAborted to a policy that races the public access block
    const statements = [...tlsOnly(arn, pulumi.interpolate`${arn}/*`), ...(grants?.(arn) ?? [])];
    const policy = pulumi.jsonStringify(policyDocument(statements));
    const guarded = new aws.s3.BucketPolicy(name, { bucket, policy }, { ...child, dependsOn: blocked });

    const ready = pulumi.all([bucket, encrypted.id, versioned.id, guarded.id]);
    return { name: ready.apply(([bucketName]) => bucketName), arn };
}

/** With a key of the account's own, S3 asks it once a bucket rather than once an object. */
const encryption = (keyArn: pulumi.Input<string> | undefined) =>
    keyArn === undefined
        ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
        : {
              applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
              bucketKeyEnabled: true,
          };
