import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { s3AclsDisabled } from "../../../../policy/rules/s3/s3-acls-disabled.ts";
import { s3EncryptionKms } from "../../../../policy/rules/s3/s3-encryption-kms.ts";
import { s3Lifecycle } from "../../../../policy/rules/s3/s3-lifecycle.ts";
import { s3Logging } from "../../../../policy/rules/s3/s3-logging.ts";
import { s3PublicAccessBlock } from "../../../../policy/rules/s3/s3-public-access-block.ts";
import { s3TlsOnly } from "../../../../policy/rules/s3/s3-tls-only.ts";
import { s3Versioning } from "../../../../policy/rules/s3/s3-versioning.ts";
import { describeRule } from "../../describe-rule.ts";
import { policy } from "../iam/given.ts";
import { bucket, of } from "./given.ts";

const ALL = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
const block = (more: object = {}) => of("BucketPublicAccessBlock", { ...ALL, ...more });
describeRule(s3PublicAccessBlock, {
    passes: { "a block of all four": [bucket(), block()], "a stack without buckets": [] },
    fails: {
        none: [[bucket()], "no public access block names the bucket; accepted: one"],
        "that of another bucket": [
            [bucket(), block({ bucket: "other" })],
            "no public access block names the bucket; accepted: one",
        ],
        "one in part": [
            [bucket(), block({ blockPublicPolicy: false, restrictPublicBuckets: undefined })],
            "blockPublicPolicy is false; accepted: true",
            "restrictPublicBuckets is not set; accepted: true",
        ],
    },
    waits: {
        "a setting that is not known": [[bucket(), block({ ignorePublicAcls: NOT_KNOWN })], "models: ignorePublicAcls"],
        "one that may be the bucket's": [
            [
                bucket({ bucket: NOT_KNOWN }),
                { ...bucket({ bucket: NOT_KNOWN }), name: "other" },
                block({ bucket: NOT_KNOWN }),
            ],
            "models: bucket",
            "other: bucket",
        ],
    },
});

const encrypted = (sseAlgorithm: unknown, kmsMasterKeyId?: unknown) =>
    of("BucketServerSideEncryptionConfiguration", {
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm, kmsMasterKeyId } }],
    });
describeRule(s3EncryptionKms, {
    passes: {
        "a key": [bucket(), encrypted("aws:kms", "arn:aws:kms:eu-west-1:123456789012:key/1")],
        "a key that is not known yet": [bucket(), encrypted("aws:kms:dsse", NOT_KNOWN)],
    },
    fails: {
        "none, which is S3's own": [
            [bucket()],
            "the bucket's encryption is S3's own alone; accepted: aws:kms with a kmsMasterKeyId",
        ],
        "S3's own by name": [
            [bucket(), encrypted("AES256")],
            "the bucket's encryption is AES256; accepted: aws:kms with a kmsMasterKeyId",
        ],
        "KMS with AWS's key": [
            [bucket(), encrypted("aws:kms")],
            "the bucket's encryption is aws:kms without a key; accepted: aws:kms with a kmsMasterKeyId",
        ],
    },
});

const versioned = (status: unknown) => of("BucketVersioning", { versioningConfiguration: { status } });
describeRule(s3Versioning, {
    passes: { "one that keeps versions": [bucket(), versioned("Enabled")] },
    fails: {
        none: [[bucket()], "the bucket's versioning is not set; accepted: Enabled"],
        "one that has stopped": [
            [bucket(), versioned("Suspended")],
            "the bucket's versioning is Suspended; accepted: Enabled",
        ],
    },
    waits: {
        "a state that is not known": [[bucket(), versioned(NOT_KNOWN)], "models: versioningConfiguration.status"],
    },
});

const owned = (objectOwnership: unknown) => of("BucketOwnershipControls", { rule: { objectOwnership } });
describeRule(s3AclsDisabled, {
    passes: { "the owner's alone": [bucket(), owned("BucketOwnerEnforced")] },
    fails: {
        none: [[bucket()], "the bucket's objectOwnership is not set; accepted: BucketOwnerEnforced"],
        "lists that count": [
            [bucket(), owned("ObjectWriter")],
            "the bucket's objectOwnership is ObjectWriter; accepted: BucketOwnerEnforced",
        ],
    },
});

const lifecycle = (rule: object) => of("BucketLifecycleConfiguration", { rules: [{ status: "Enabled", ...rule }] });
const keeps = "no lifecycle rule in force expires or moves what the bucket holds; accepted: one";
describeRule(s3Lifecycle, {
    passes: {
        "old versions that expire": [bucket(), lifecycle({ noncurrentVersionExpiration: { noncurrentDays: 30 } })],
        "objects that move": [bucket(), lifecycle({ transitions: [{ days: 30, storageClass: "GLACIER_IR" }] })],
        "a configuration of the provider's version 6": [
            { ...bucket(), type: "aws:s3/bucketV2:BucketV2" },
            {
                ...lifecycle({ expiration: { days: 30 } }),
                type: "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
            },
        ],
    },
    fails: {
        none: [[bucket()], keeps],
        "one that is switched off": [[bucket(), lifecycle({ status: "Disabled", expiration: { days: 1 } })], keeps],
        "one that clears uploads alone": [
            [bucket(), lifecycle({ abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } })],
            keeps,
        ],
        "an empty expiry": [[bucket(), lifecycle({ expiration: {} })], keeps],
    },
});

describeRule(s3Logging, {
    passes: {
        "one that is logged, and the bucket of logs": [
            bucket(),
            { ...bucket({ bucket: "logs" }), name: "logs" },
            of("BucketLogging", { targetBucket: "logs" }),
        ],
    },
    fails: { none: [[bucket()], "no logging names the bucket; accepted: one"] },
});

const deny = (more: object = {}) => ({
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: ["arn:aws:s3:::models-1", "arn:aws:s3:::models-1/*"],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
    ...more,
});
const guarded = (more: object = {}) => [bucket(), of("BucketPolicy", policy({ ...deny(), ...more }))];
const open = "policy does not deny s3:* on the bucket and its objects without TLS; accepted: one that does";
describeRule(s3TlsOnly, {
    passes: {
        "a policy that denies the rest": guarded(),
        "one with a boolean, and for all": guarded({
            Principal: { AWS: "*" },
            Action: ["s3:*"],
            Resource: "*",
            Condition: { Bool: { "aws:secureTransport": false } },
        }),
    },
    fails: {
        "no policy": [[bucket()], "no policy names the bucket; accepted: one that takes TLS alone"],
        "one that allows": [guarded({ Effect: "Allow" }), open],
        "one for a few": [guarded({ Principal: { AWS: "arn:aws:iam::123456789012:root" } }), open],
        "one of a single action": [guarded({ Action: "s3:GetObject" }), open],
        "one of the objects alone": [guarded({ Resource: "arn:aws:s3:::models-1/*" }), open],
        "one of another bucket": [guarded({ Resource: ["arn:aws:s3:::models-2", "arn:aws:s3:::models-2/*"] }), open],
        "one that denies TLS": [guarded({ Condition: { Bool: { "aws:SecureTransport": "true" } } }), open],
        "one without a condition": [guarded({ Condition: undefined }), open],
    },
    waits: { "a policy that is not known": [[bucket(), of("BucketPolicy", { policy: NOT_KNOWN })], "models: policy"] },
});
