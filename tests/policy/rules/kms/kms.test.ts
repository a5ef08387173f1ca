import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { kmsDeletionWindow } from "../../../../policy/rules/kms/kms-deletion-window.ts";
import { kmsPolicyNotPublic } from "../../../../policy/rules/kms/kms-policy-not-public.ts";
import { kmsRotation } from "../../../../policy/rules/kms/kms-rotation.ts";
import { describeRule } from "../../describe-rule.ts";
import { policy } from "../iam/given.ts";

describeRule(kmsRotation, {
    passes: {
        "a key that is rotated": { enableKeyRotation: true },
        "a pair, which cannot be": { customerMasterKeySpec: "RSA_2048" },
    },
    fails: {
        "one that is not": [{ enableKeyRotation: false }, "enableKeyRotation is false; accepted: true"],
        "KMS's default": [
            { customerMasterKeySpec: "SYMMETRIC_DEFAULT" },
            "enableKeyRotation is not set; accepted: true",
        ],
    },
    waits: { "what is not known": [{ enableKeyRotation: NOT_KNOWN }, "it: enableKeyRotation"] },
});

describeRule(kmsDeletionWindow, {
    passes: { "a month": { deletionWindowInDays: 30 }, "KMS's default, which is that": {} },
    fails: {
        "a week": [{ deletionWindowInDays: 7 }, "deletionWindowInDays is 7; accepted: 30"],
        "more than KMS takes": [{ deletionWindowInDays: 31 }, "deletionWindowInDays is 31; accepted: 30"],
    },
});
describeRule(kmsDeletionWindow, {
    settings: { days: 7 },
    passes: { "a week": { deletionWindowInDays: 7 } },
    fails: { less: [{ deletionWindowInDays: 6 }, "deletionWindowInDays is 6; accepted: 7 to 30"] },
});

const use = { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" };
describeRule(kmsPolicyNotPublic, {
    passes: {
        "the account": policy({ ...use, Principal: { AWS: "arn:aws:iam::123456789012:root" } }),
        "callers of the account": policy({
            ...use,
            Principal: { AWS: "*" },
            Condition: { StringEquals: { "kms:CallerAccount": "123456789012", "kms:ViaService": "s3.amazonaws.com" } },
        }),
        "KMS's own policy": {},
    },
    fails: {
        "everybody through a service, of any account": [
            policy({ ...use, Principal: "*", Condition: { StringEquals: { "kms:ViaService": "s3.amazonaws.com" } } }),
            "policy.Statement[0].Principal is * and no condition says whose; accepted: named principals, or a condition on " +
                "aws:PrincipalOrgID, aws:SourceAccount or another key that tells one's own from everybody",
        ],
    },
});
