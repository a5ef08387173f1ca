import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { iamNoFullAccess } from "../../../../policy/rules/iam/iam-no-full-access.ts";
import { iamNoInversions } from "../../../../policy/rules/iam/iam-no-inversions.ts";
import { iamNoWildcardActions } from "../../../../policy/rules/iam/iam-no-wildcard-actions.ts";
import { iamNoWildcardResources } from "../../../../policy/rules/iam/iam-no-wildcard-resources.ts";
import { iamPolicyDocument } from "../../../../policy/rules/iam/iam-policy-document.ts";
import { ROLE_POLICY } from "../../../../policy/rules/iam/types.ts";
import { describeRule } from "../../describe-rule.ts";
import { judged, saying } from "../../judged.ts";
import { expect } from "chai";
import { allow, document, policy, role, trust } from "./given.ts";

const SAGEMAKER = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess";

describeRule(iamNoFullAccess, {
    passes: {
        "a role with policies of its own": { managedPolicyArns: ["arn:aws:iam::123456789012:policy/models"] },
        "a policy of AWS's that is for one thing": {
            policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
        },
        "one's own policy of a name that sounds like it": { policyArn: "arn:aws:iam::123456789012:policy/FullAccess" },
        "a role without any": {},
    },
    fails: {
        "a role": [
            { managedPolicyArns: [SAGEMAKER, "arn:aws-cn:iam::aws:policy/AdministratorAccess"] },
            "managedPolicyArns attaches AmazonSageMakerFullAccess; accepted: policies of one's own",
            "managedPolicyArns attaches AdministratorAccess; accepted: policies of one's own",
        ],
        "an attachment, also below a path": [
            { policyArn: "arn:aws:iam::aws:policy/job-function/PowerUserAccess" },
            "policyArn attaches PowerUserAccess; accepted: policies of one's own",
        ],
    },
    waits: { "a policy that is not known": [{ policyArn: NOT_KNOWN }, "it: policyArn"] },
});
describeRule(iamNoFullAccess, {
    settings: { allowed: ["arn:aws:iam::aws:policy/AmazonSageMaker*"] },
    passes: { "what is allowed": { policyArn: SAGEMAKER } },
    fails: {},
});

/** A role with a policy of its own: what somebody may do, as these rules read it everywhere. */
const inline = (...statements: readonly object[]) => ({
    assumeRolePolicy: JSON.stringify(document(trust())),
    inlinePolicies: [policy(...statements.map((one) => ({ ...one })))],
});
const IN = "inlinePolicies[0].policy.Statement[0]";
const INLINE_NOT_KNOWN = { ...inline(), inlinePolicies: [{ policy: NOT_KNOWN }] };

describeRule(iamNoWildcardActions, {
    passes: { "actions by name": inline(allow({ Action: ["s3:GetObject", "kms:GenerateDataKey*"] })) },
    fails: {
        "all of two services": [
            inline(allow({ Action: ["s3:*", "kms:*"] })),
            `${IN}.Action allows s3:*, kms:*; accepted: actions by name`,
        ],
    },
    waits: { "a policy that is not known": [INLINE_NOT_KNOWN, "it: inlinePolicies[0].policy"] },
});

describeRule(iamNoWildcardResources, {
    passes: { "resources by ARN": inline(allow()) },
    fails: {
        "every bucket": [
            inline(allow({ Resource: "*" })),
            `${IN}.Resource is * for s3:GetObject; accepted: ARNs of resources`,
        ],
    },
    waits: { "a policy that is not known": [INLINE_NOT_KNOWN, "it: inlinePolicies[0].policy"] },
});

describeRule(iamNoInversions, {
    passes: { "what is allowed by name": inline(allow()) },
    fails: {
        "all but some": [
            inline(allow({ NotAction: "s3:DeleteObject" })),
            `${IN}.NotAction is in a statement that allows; accepted: Action`,
        ],
    },
    waits: { "a policy that is not known": [INLINE_NOT_KNOWN, "it: inlinePolicies[0].policy"] },
});

describeRule(iamPolicyDocument, {
    passes: { "a trust and a policy": inline(allow()) },
    fails: {
        "a policy that is none": [
            { ...inline(), inlinePolicies: [{ policy: "none" }] },
            "inlinePolicies[0].policy is no policy document with a statement; accepted: JSON with Version and Statement",
        ],
    },
    waits: { "a policy that is not known": [INLINE_NOT_KNOWN, "it: inlinePolicies[0].policy"] },
});

/** A rule for documents, over those of a policy. */
const said = (rule: Parameters<typeof judged>[0], properties: object, settings = {}) =>
    judged(rule, { ...properties }, settings, { type: ROLE_POLICY });

describe("rules over the documents of policies", () => {
    it("read text, objects, one statement or many, one action or many, and the inline policies of a role", () => {
        const rule = iamNoWildcardActions;
        const bad = allow({ Action: ["s3:GetObject", "s3:*"] });
        const sentence = (at: string) => saying(rule, `${at} allows s3:*; accepted: actions by name`);
        expect(said(rule, policy(allow(), bad)).messages).to.deep.equal([sentence("policy.Statement[1].Action")]);
        expect(said(rule, { policy: { Statement: bad } }).messages).to.deep.equal([
            sentence("policy.Statement.Action"),
        ]);
        expect(judged(rule, inline(allow({ Action: "*" }))).messages).to.deep.equal([
            saying(rule, "inlinePolicies[0].policy.Statement[0].Action allows *; accepted: actions by name"),
        ]);
    });

    it("leave to up a document that is not known", () => {
        for (const rule of [iamNoWildcardActions, iamNoWildcardResources, iamNoInversions, iamPolicyDocument]) {
            expect(said(rule, { policy: NOT_KNOWN })).to.deep.include({ messages: [], waiting: ["it: policy"] });
        }
    });

    it("say of one statement what is wrong while another is not known", () => {
        const known = { policy: { Statement: [allow({ Action: NOT_KNOWN }), allow({ Action: "*" })] } };
        const { messages, waiting } = said(iamNoWildcardActions, known);
        expect(messages).to.have.length(1);
        expect(waiting).to.deep.equal(["it: policy.Statement[0].Action"]);
    });
});

describe("iam-no-wildcard-actions", () => {
    it("passes what is denied, names with a wildcard inside, and the policy of a key", () => {
        expect(said(iamNoWildcardActions, policy(allow({ Effect: "Deny", Action: "*" }))).messages).to.deep.equal([]);
        expect(said(iamNoWildcardActions, policy(allow({ Action: "kms:GenerateDataKey*" }))).messages).to.deep.equal(
            [],
        );
        const key = judged(iamNoWildcardActions, policy(allow({ Action: "kms:*" })), {}, { type: "aws:kms/key:Key" });
        expect(key.messages).to.deep.equal([]);
    });

    it("refuses all actions however they are written", () => {
        for (const action of ["*", "**", "s3:*", "S3:*", "sagemaker:?*"]) {
            expect(said(iamNoWildcardActions, policy(allow({ Action: action }))).messages, action).to.deep.equal([
                saying(iamNoWildcardActions, `policy.Statement[0].Action allows ${action}; accepted: actions by name`),
            ]);
        }
    });
});

describe("iam-no-wildcard-resources", () => {
    const on = (Action: unknown, Resource: unknown = "*", more: object = {}) =>
        policy(allow({ Action, Resource, ...more }));
    const metrics = (namespace: object) => on("cloudwatch:PutMetricData", "*", { Condition: namespace });

    it("passes named resources, what has none, and metrics of a namespace", () => {
        for (const properties of [
            on("s3:GetObject", ["arn:aws:s3:::models/*", "arn:aws:s3:::models"]),
            on(["ecr:GetAuthorizationToken", "ec2:DescribeSubnets", "EC2:describeVpcs", "logs:CreateLogDelivery"]),
            metrics({ StringEquals: { "cloudwatch:namespace": ["AWS/SageMaker", "/aws/sagemaker/Endpoints"] } }),
            on("s3:*", "*", { Effect: "Deny" }),
            on("ec2:CreateNetworkInterface", "arn:aws:ec2:eu-west-1:123456789012:network-interface/*"),
        ]) {
            expect(said(iamNoWildcardResources, properties).messages).to.deep.equal([]);
        }
    });

    const refused: readonly (readonly [object, string])[] = [
        [on("s3:GetObject"), "is * for s3:GetObject; accepted: ARNs of resources"],
        [
            on(["ecr:GetAuthorizationToken", "ecr:BatchGetImage"]),
            "is * for ecr:BatchGetImage; accepted: ARNs of resources",
        ],
        [
            on("s3:GetObject", ["arn:aws:s3:::*", "arn:aws:s3:::models/*"]),
            "is arn:aws:s3:::* for s3:GetObject; accepted: ARNs of resources",
        ],
        [on("s3:GetObject", "arn:aws:s3:::*/*"), "is arn:aws:s3:::*/* for s3:GetObject; accepted: ARNs of resources"],
        [on("iam:PassRole", "arn:aws:iam::*:*"), "is arn:aws:iam::*:* for iam:PassRole; accepted: ARNs of resources"],
        [metrics({}), "is * for cloudwatch:PutMetricData; accepted: a condition on cloudwatch:namespace"],
        [
            metrics({ StringLikeIfExists: { "cloudwatch:namespace": "AWS/*" } }),
            "is * for cloudwatch:PutMetricData; accepted: a condition on cloudwatch:namespace",
        ],
        [
            metrics({ StringLike: { "cloudwatch:namespace": "*" } }),
            "is * for cloudwatch:PutMetricData; accepted: a condition on cloudwatch:namespace",
        ],
    ];
    for (const [properties, sentence] of refused) {
        it(`says: Resource ${sentence}`, () => {
            expect(said(iamNoWildcardResources, properties).messages).to.deep.equal([
                saying(iamNoWildcardResources, `policy.Statement[0].Resource ${sentence}`),
            ]);
        });
    }

    it("takes more actions as its user says", () => {
        expect(
            said(iamNoWildcardResources, on("ce:GetCostAndUsage"), { unbounded: ["ce:Get*"] }).messages,
        ).to.deep.equal([]);
    });
});

describe("iam-no-inversions", () => {
    it("passes them in what denies", () => {
        const denied = { Effect: "Deny", NotAction: "s3:GetObject", NotPrincipal: { AWS: "me" }, NotResource: "x" };
        expect(said(iamNoInversions, policy(denied)).messages).to.deep.equal([]);
    });

    for (const [inverted, plain] of [
        ["NotAction", "Action"],
        ["NotResource", "Resource"],
        ["NotPrincipal", "Principal"],
    ] as const) {
        it(`refuses ${inverted}`, () => {
            expect(said(iamNoInversions, policy(allow({ [inverted]: "x" }))).messages).to.deep.equal([
                saying(
                    iamNoInversions,
                    `policy.Statement[0].${inverted} is in a statement that allows; accepted: ${plain}`,
                ),
            ]);
        });
    }
});

describe("iam-policy-document", () => {
    const of = (properties: object) => said(iamPolicyDocument, properties).messages;
    const saidOf = (...sentences: string[]) => sentences.map((sentence) => saying(iamPolicyDocument, sentence));

    it("passes what AWS's grammar lets through", () => {
        expect(of(policy(allow(), { Effect: "Deny", NotAction: "*", NotResource: "*" }))).to.deep.equal([]);
        expect(judged(iamPolicyDocument, role(trust())).messages).to.deep.equal([]);
        const none = judged(iamPolicyDocument, {}, {}, { type: "aws:sqs/queue:Queue" });
        expect(none.messages, "a queue needs no policy").to.deep.equal([]);
    });

    it("refuses what is no document", () => {
        expect(of({})).to.deep.equal(saidOf("policy is not set; accepted: a policy document"));
        for (const text of ["{", "[]", "{}", '{"Statement":[]}']) {
            expect(of({ policy: text })).to.deep.equal(
                saidOf("policy is no policy document with a statement; accepted: JSON with Version and Statement"),
            );
        }
        expect(judged(iamPolicyDocument, {}).messages).to.deep.equal(
            saidOf("assumeRolePolicy is not set; accepted: a policy document"),
        );
    });

    it("refuses statements that lack what they are about", () => {
        expect(of(policy({ Effect: "allow", Action: "s3:GetObject" }, { Resource: "*" }))).to.deep.equal(
            saidOf(
                'policy.Statement[0].Effect is "allow"; accepted: Allow, Deny',
                "policy.Statement[0].Resource is not set; accepted: one or a list",
                "policy.Statement[1].Effect is not set; accepted: Allow, Deny",
                "policy.Statement[1].Action is not set; accepted: one or a list",
            ),
        );
        expect(judged(iamPolicyDocument, role({ Effect: "Allow", Action: "sts:AssumeRole" })).messages).to.deep.equal(
            saidOf("assumeRolePolicy.Statement[0].Principal is not set; accepted: one or a list"),
        );
    });
});
