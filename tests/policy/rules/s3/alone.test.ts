import { s3AbortUploads } from "../../../../policy/rules/s3/s3-abort-uploads.ts";
import { s3AclNotPublic } from "../../../../policy/rules/s3/s3-acl-not-public.ts";
import { s3ObjectEncryption } from "../../../../policy/rules/s3/s3-object-encryption.ts";
import { s3PolicyNotPublic } from "../../../../policy/rules/s3/s3-policy-not-public.ts";
import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { describeRule } from "../../describe-rule.ts";
import { policy } from "../iam/given.ts";

const aborting = (daysAfterInitiation: unknown, more: object = {}) => ({
    status: "Enabled",
    filter: {},
    abortIncompleteMultipartUpload: { daysAfterInitiation },
    ...more,
});
const expiring = { status: "Enabled", filter: {}, expiration: { days: 30 } };
const missing = "rules has no rule for all objects that aborts uploads; accepted: after 1 to 7 days";
describeRule(s3AbortUploads, {
    passes: {
        "a day": { rules: [aborting(1), expiring] },
        "a week, by an empty prefix": { rules: [aborting(7, { filter: { prefix: "" } })] },
        "no lifecycle, which is another rule's matter": { rules: [] },
    },
    fails: {
        "a month": [{ rules: [aborting(30)] }, "rules aborts uploads after 30 days; accepted: after 1 to 7 days"],
        "no rule for it": [{ rules: [expiring] }, missing],
        "one for some objects": [{ rules: [aborting(1, { filter: { prefix: "output/" } }), expiring] }, missing],
        "one that is switched off": [{ rules: [aborting(1, { status: "Disabled" }), expiring] }, missing],
    },
    waits: {
        "a day that is not known": [
            { rules: [aborting(NOT_KNOWN)] },
            "it: rules[0].abortIncompleteMultipartUpload.daysAfterInitiation",
        ],
    },
});

const ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";
describeRule(s3AclNotPublic, {
    passes: {
        "a private list": { acl: "private" },
        none: {},
        "a named account": { accessControlPolicy: { grants: [{ grantee: { id: "1" }, permission: "READ" }] } },
    },
    fails: {
        "a list for everybody": [{ acl: "public-read" }, "acl is public-read; accepted: private"],
        "a list for everybody with an account": [
            { acl: "authenticated-read" },
            "acl is authenticated-read; accepted: private",
        ],
        "a grant": [
            { accessControlPolicy: { grants: [{ grantee: { uri: ALL_USERS }, permission: "READ" }] } },
            `accessControlPolicy lets ${ALL_USERS} in; accepted: named accounts`,
        ],
        "a grant of the bucket's own": [
            { grants: [{ uri: ALL_USERS }] },
            `grants lets ${ALL_USERS} in; accepted: named accounts`,
        ],
    },
});

describeRule(s3ObjectEncryption, {
    passes: { "what the bucket says": {}, "a KMS key": { serverSideEncryption: "aws:kms", kmsKeyId: "key" } },
    fails: {
        "less than the bucket": [
            { serverSideEncryption: "AES256" },
            "serverSideEncryption is AES256; accepted: aws:kms, aws:kms:dsse, or none",
        ],
    },
});

const read = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::models/*" };
describeRule(s3PolicyNotPublic, {
    passes: {
        "a VPC endpoint": policy({
            ...read,
            Principal: "*",
            Condition: { StringEquals: { "aws:SourceVpce": "vpce-1" } },
        }),
    },
    fails: {
        everybody: [
            policy({ ...read, Principal: { AWS: "*" } }),
            "policy.Statement[0].Principal is * and no condition says whose; accepted: named principals, or a condition on " +
                "aws:PrincipalOrgID, aws:SourceAccount or another key that tells one's own from everybody",
        ],
    },
});
