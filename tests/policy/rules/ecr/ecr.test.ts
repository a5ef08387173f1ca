import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { ecrImmutableTags } from "../../../../policy/rules/ecr/ecr-immutable-tags.ts";
import { ecrKms } from "../../../../policy/rules/ecr/ecr-kms.ts";
import { ecrLifecycle } from "../../../../policy/rules/ecr/ecr-lifecycle.ts";
import { ecrNotPublic } from "../../../../policy/rules/ecr/ecr-not-public.ts";
import { ecrScanOnPush } from "../../../../policy/rules/ecr/ecr-scan-on-push.ts";
import { describeRule } from "../../describe-rule.ts";
import type { Given } from "../../judged.ts";
import { policy } from "../iam/given.ts";

describeRule(ecrScanOnPush, {
    passes: { "a repository that scans": { imageScanningConfiguration: { scanOnPush: true } } },
    fails: {
        "one that does not": [
            { imageScanningConfiguration: { scanOnPush: false } },
            "imageScanningConfiguration.scanOnPush is false; accepted: true",
        ],
        "one that does not say": [{}, "imageScanningConfiguration.scanOnPush is not set; accepted: true"],
    },
    waits: {
        "what is not known": [
            { imageScanningConfiguration: { scanOnPush: NOT_KNOWN } },
            "it: imageScanningConfiguration.scanOnPush",
        ],
    },
});

describeRule(ecrImmutableTags, {
    passes: { "tags that stay": { imageTagMutability: "IMMUTABLE" } },
    fails: {
        "tags that move": [{ imageTagMutability: "MUTABLE" }, "imageTagMutability is MUTABLE; accepted: IMMUTABLE"],
        "ECR's default, which is that": [{}, "imageTagMutability is not set; accepted: IMMUTABLE"],
    },
});

describeRule(ecrKms, {
    passes: {
        "KMS, with a key of one's own or AWS's": { encryptionConfigurations: [{ encryptionType: "KMS" }] },
        "KMS twice over": { encryptionConfigurations: [{ encryptionType: "KMS_DSSE" }] },
    },
    fails: {
        "S3's own keys": [
            { encryptionConfigurations: [{ encryptionType: "AES256" }] },
            "encryptionConfigurations[0].encryptionType is AES256; accepted: KMS, KMS_DSSE",
        ],
        "ECR's default": [{}, "encryptionConfigurations[0].encryptionType is not set; accepted: KMS, KMS_DSSE"],
    },
});

const repository: Given = { type: "aws:ecr/repository:Repository", name: "images", properties: { name: "images-1" } };
const lifecycle = (properties: object): Given => ({
    type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    name: "lifecycle",
    properties: { ...properties },
});
const RULES = JSON.stringify({ rules: [{ rulePriority: 1 }] });
const unbounded = "no lifecycle policy with a rule names the repository; accepted: one";
describeRule(ecrLifecycle, {
    passes: { "one with a rule": [repository, lifecycle({ repository: "images-1", policy: RULES })] },
    fails: {
        none: [[repository], unbounded],
        "that of another": [[repository, lifecycle({ repository: "images-2", policy: RULES })], unbounded],
        "one without rules": [[repository, lifecycle({ repository: "images-1", policy: '{"rules":[]}' })], unbounded],
    },
    waits: {
        "one that may be its own": [
            [{ ...repository, properties: { name: NOT_KNOWN } }, lifecycle({ repository: NOT_KNOWN, policy: RULES })],
            "images: repository",
        ],
    },
});

const pull = { Effect: "Allow", Action: "ecr:BatchGetImage" };
const everybody =
    "policy.Statement[0].Principal is * and no condition says whose; accepted: named principals, or a condition on " +
    "aws:PrincipalOrgID, aws:SourceAccount or another key that tells one's own from everybody";
describeRule(ecrNotPublic, {
    passes: {
        "named principals": policy({ ...pull, Principal: { Service: "sagemaker.amazonaws.com" } }),
        "everybody of the organisation": policy({
            ...pull,
            Principal: "*",
            Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } },
        }),
        "everybody who is denied": policy({ ...pull, Effect: "Deny", Principal: "*" }),
    },
    fails: {
        everybody: [policy({ ...pull, Principal: "*" }), everybody],
        "everybody in another form, on a condition that does not tell": [
            policy({ ...pull, Principal: { AWS: ["*"] }, Condition: { Bool: { "aws:SecureTransport": "true" } } }),
            everybody,
        ],
    },
    waits: { "a policy that is not known": [{ policy: NOT_KNOWN }, "it: policy"] },
});
