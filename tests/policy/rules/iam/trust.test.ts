import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { iamSagemakerRoleTrust } from "../../../../policy/rules/iam/iam-sagemaker-role-trust.ts";
import { iamServiceGrantsLimited } from "../../../../policy/rules/iam/iam-service-grants-limited.ts";
import { iamTrustLimited } from "../../../../policy/rules/iam/iam-trust-limited.ts";
import { iamTrustNotPublic } from "../../../../policy/rules/iam/iam-trust-not-public.ts";
import { describeRule } from "../../describe-rule.ts";
import type { Given } from "../../judged.ts";
import { ACCOUNT, OWN, policy, role, trust } from "./given.ts";

describeRule(iamTrustNotPublic, {
    passes: {
        "a service": role(trust()),
        "a role": role(trust({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/caller` } })),
        "everybody who is denied": role(trust(), trust({ Effect: "Deny", Principal: "*" })),
    },
    fails: {
        everybody: [
            role(trust({ Principal: "*" })),
            "assumeRolePolicy.Statement[0].Principal is *; accepted: a service, or principals by ARN",
        ],
        "everybody among others, and with a condition": [
            role(trust(), trust({ Principal: { AWS: [`arn:aws:iam::${ACCOUNT}:root`, "*"] } })),
            "assumeRolePolicy.Statement[1].Principal is *; accepted: a service, or principals by ARN",
        ],
    },
    waits: { "a document that is not known": [{ assumeRolePolicy: NOT_KNOWN }, "it: assumeRolePolicy"] },
});

const limited = (Condition: object) => role(trust({ Condition }));
const unlimited =
    "assumeRolePolicy.Statement[0].Condition does not say for whom sagemaker.amazonaws.com acts; " +
    "accepted: aws:SourceAccount or aws:SourceArn that equals one's own";

describeRule(iamTrustLimited, {
    passes: {
        "the account": limited(OWN),
        "the account, in other letters and as a list": limited({ StringLike: { "AWS:sourceaccount": [ACCOUNT] } }),
        "a resource": limited({ ArnLike: { "aws:SourceArn": `arn:aws:sagemaker:*:${ACCOUNT}:*` } }),
        "no service": role(trust({ Principal: { AWS: "arn:aws:iam::123456789012:role/caller" }, Condition: {} })),
    },
    fails: {
        "no condition": [role(trust({ Condition: undefined })), unlimited],
        "one on something else": [limited({ StringEquals: { "aws:RequestedRegion": "eu-west-1" } }), unlimited],
        "one that holds where the key is missing": [
            limited({ StringEqualsIfExists: { "aws:SourceAccount": ACCOUNT } }),
            unlimited,
        ],
        "one that excludes": [limited({ StringNotEquals: { "aws:SourceAccount": ACCOUNT } }), unlimited],
        "one that any account meets": [limited({ StringLike: { "aws:SourceAccount": "*" } }), unlimited],
        "one of two that any account meets": [
            limited({ StringLike: { "aws:SourceAccount": [ACCOUNT, "*"] } }),
            unlimited,
        ],
    },
});
describeRule(iamTrustLimited, {
    settings: { except: ["ec2.amazonaws.com"] },
    passes: {
        "a service that does not say": role(trust({ Principal: { Service: "ec2.amazonaws.com" }, Condition: {} })),
    },
    fails: { others: [limited({}), unlimited] },
});

const grant = (more: object = {}) => policy({ ...trust({ Action: "sqs:SendMessage" }), ...more });
describeRule(iamServiceGrantsLimited, {
    passes: {
        "a service of this account": grant(),
        "logs that a key encrypts": grant({
            Condition: {
                ArnEquals: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:a` },
            },
        }),
        "what has no policy": {},
    },
    fails: {
        "a service for anybody": [
            grant({ Principal: { Service: ["events.amazonaws.com", "s3.amazonaws.com"] }, Condition: undefined }),
            "policy.Statement[0].Condition does not say for whom events.amazonaws.com, s3.amazonaws.com acts; " +
                "accepted: aws:SourceAccount or aws:SourceArn that equals one's own",
        ],
    },
});

const ARN = `arn:aws:iam::${ACCOUNT}:role/model`;
const model: Given = { type: "aws:sagemaker/model:Model", name: "model", properties: { executionRoleArn: ARN } };
const taken = (name: string, properties: object): Given => ({
    type: "aws:iam/role:Role",
    name,
    properties: { arn: ARN, ...properties },
});
describeRule(iamSagemakerRoleTrust, {
    passes: {
        "SageMaker alone": [model, taken("model", role(trust()))],
        "a role that no model has": [
            model,
            taken("other", { arn: "arn:other", ...role(trust({ Principal: { Service: "states.amazonaws.com" } })) }),
        ],
        "a role from elsewhere": [model],
    },
    fails: {
        "others beside it, once for two models": [
            [
                model,
                { ...model, name: "second" },
                taken(
                    "model",
                    role(trust({ Principal: { Service: ["sagemaker.amazonaws.com", "lambda.amazonaws.com"] } })),
                ),
            ],
            "assumeRolePolicy lets lambda.amazonaws.com take the role of a model; accepted: sagemaker.amazonaws.com",
        ],
        nobody: [
            [model, taken("model", role(trust({ Effect: "Deny" })))],
            "assumeRolePolicy lets nobody take the role of a model; accepted: sagemaker.amazonaws.com",
        ],
    },
    waits: {
        "a trust that is not known": [
            [model, taken("model", { assumeRolePolicy: NOT_KNOWN })],
            "model: assumeRolePolicy",
        ],
        "a role that is not known": [
            [
                { ...model, properties: { executionRoleArn: NOT_KNOWN } },
                taken("role", { arn: NOT_KNOWN, ...role(trust()) }),
            ],
            "model: executionRoleArn",
        ],
    },
});
