import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { tlsOnly } from "../plans/iam/resource-policies.ts";
import { policyDocument } from "../plans/iam/statement.ts";

/** The bucket for model data: TLS only, no public access, encrypted, versioned, incomplete uploads aborted after a day. */
export class ArtifactBucket extends pulumi.ComponentResource {
    readonly name: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;

    constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:ArtifactBucket", name, {}, opts);
        const child = { parent: this };

        const { bucket, arn } = new aws.s3.Bucket(name, { forceDestroy: true }, child); // artifacts are packed from source
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
            { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
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
                        id: "expire-replaced", // until then an artifact that a newer one replaced can be had back
                        status: "Enabled",
                        filter: {},
                        noncurrentVersionExpiration: { noncurrentDays: 90 },
                    },
                ],
            },
            { ...child, dependsOn: versioned },
        );
        // S3 answers OperationAborted to a policy that races the public access block
        const policy = pulumi.jsonStringify(policyDocument(tlsOnly(arn, pulumi.interpolate`${arn}/*`)));
        const guarded = new aws.s3.BucketPolicy(name, { bucket, policy }, { ...child, dependsOn: blocked });

        // objects come only once the bucket is as it should be
        const ready = pulumi.all([bucket, encrypted.id, versioned.id, guarded.id]);
        this.name = ready.apply(([bucketName]) => bucketName);
        this.arn = arn;
        this.registerOutputs({ name: this.name, arn: this.arn });
    }
}
