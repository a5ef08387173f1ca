import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { imageUnverified } from "../../../../policy/rules/stack/image-unverified.ts";
import { protectedResources } from "../../../../policy/rules/stack/protected-resources.ts";
import { roleReadsBuckets } from "../../../../policy/rules/stack/role-reads-buckets.ts";
import { stackBudget } from "../../../../policy/rules/stack/stack-budget.ts";
import { uniqueNames } from "../../../../policy/rules/stack/unique-names.ts";
import { describeRule } from "../../describe-rule.ts";
import type { Given } from "../../judged.ts";
import { allow, policy } from "../iam/given.ts";
import { bucket } from "../s3/given.ts";
import { endpoint, model as givenModel, PINNED } from "../sagemaker/given.ts";

const ROLE = "arn:aws:iam::123456789012:role/model";
const role: Given = { type: "aws:iam/role:Role", name: "role", properties: { name: "role-1", arn: ROLE } };
const model = (container: object) =>
    givenModel({ executionRoleArn: ROLE, primaryContainer: { ...PINNED, ...container } });
const reading = (Resource: unknown, more: object = {}): Given => ({
    type: "aws:iam/rolePolicy:RolePolicy",
    name: "reads",
    properties: { role: "role-1", ...policy(allow({ Resource })), ...more },
});
const data = model({ modelDataUrl: "s3://data/model.tar.gz" });
const other = (names: string) =>
    `policy.Statement[0].Resource names ${names}; accepted: buckets of the model, of its endpoint and of the stack`;
describeRule(roleReadsBuckets, {
    passes: {
        "the model's bucket, and the stack's": [
            data,
            role,
            bucket(),
            reading([
                "arn:aws:s3:::data/*",
                "arn:aws:s3:::models-1/input/*",
                "arn:aws:logs:eu-west-1:123456789012:log-group:x",
            ]),
        ],
        "what a registered version names elsewhere": [
            givenModel({ executionRoleArn: ROLE, containers: [{ modelPackageName: "package" }] }),
            role,
            reading("arn:aws:s3:::theirs/*"),
        ],
        "what a model's data source, data capture and results name": [
            model({ modelDataSource: { s3DataSources: [{ s3Uri: "s3://source/prefix/" }] } }),
            role,
            {
                type: "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
                name: "configuration",
                properties: {
                    dataCaptureConfig: { destinationS3Uri: "s3://captured/x" },
                    asyncInferenceConfig: {
                        outputConfig: { s3OutputPath: "s3://results/", s3FailurePath: "s3://failures/" },
                    },
                },
            },
            reading(["source", "captured", "results", "failures"].map((name) => `arn:aws:s3:::${name}/*`)),
        ],
        "all of S3, which is another rule's matter": [data, role, reading("arn:aws:s3:::*")],
        "another bucket by a role that no model has": [
            data,
            { ...role, properties: { name: "role-1", arn: "x" } },
            reading("arn:aws:s3:::x/*"),
        ],
    },
    fails: {
        "another bucket, in a policy beside the role": [
            [data, role, reading(["arn:aws:s3:::other/*", "arn:aws:s3:::other", "arn:aws:s3:::data/*"])],
            other("other"),
        ],
        "buckets of a pattern, in the role itself": [
            [
                data,
                {
                    ...role,
                    properties: {
                        ...role.properties,
                        inlinePolicies: [policy(allow({ Resource: "arn:aws:s3:::da*/*" }))],
                    },
                },
            ],
            `inlinePolicies[0].${other("da*")}`,
        ],
        "another bucket, in a policy that is attached": [
            [
                data,
                role,
                {
                    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
                    name: "attached",
                    properties: { role: "role-1", policyArn: "arn:policy" },
                },
                {
                    type: "aws:iam/policy:Policy",
                    name: "policy",
                    properties: { arn: "arn:policy", ...policy(allow({ Resource: "arn:aws:s3:::other" })) },
                },
            ],
            other("other"),
        ],
    },
    waits: {
        "a policy that is not known": [[data, role, reading("", { policy: NOT_KNOWN })], "model: policy"],
        "the model's data": [
            [model({ modelDataUrl: NOT_KNOWN }), role, reading("arn:aws:s3:::other")],
            "model: primaryContainer.modelDataUrl",
        ],
    },
});
describeRule(roleReadsBuckets, {
    settings: { allowed: ["shared-*"] },
    passes: { "what is allowed": [data, role, reading("arn:aws:s3:::shared-models/*")] },
    fails: {},
});

const TAGGED = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api:1.0";
const repository = (scanOnPush: unknown): Given => ({
    type: "aws:ecr/repository:Repository",
    name: "api",
    properties: { name: "api", imageScanningConfiguration: { scanOnPush } },
});
const unverified =
    `primaryContainer.image is "${TAGGED}", neither by digest nor from a repository of the stack that scans; ` +
    "accepted: one of the two";
describeRule(imageUnverified, {
    passes: {
        "a digest": [model({})],
        "a tag in a repository that scans": [model({ image: TAGGED }), repository(true)],
        "an image of AWS": [
            model({ image: "763104351884.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-tritonserver:26.05-py3" }),
        ],
    },
    fails: {
        "a tag in a repository that does not": [[model({ image: TAGGED }), repository(false)], unverified],
        "a tag in one from elsewhere": [[model({ image: TAGGED })], unverified],
    },
    waits: {
        "an image that is not known": [[model({ image: NOT_KNOWN })], "model: primaryContainer.image"],
        "whether it scans": [
            [model({ image: TAGGED }), repository(NOT_KNOWN)],
            "model: imageScanningConfiguration.scanOnPush",
        ],
    },
});

const budget = (notifications: unknown): Given => ({
    type: "aws:budgets/budget:Budget",
    name: "budget",
    properties: { notifications },
});
describeRule(stackBudget, {
    passes: {
        "one that tells by e-mail": [budget([{ subscriberEmailAddresses: ["me@example.com"] }])],
        "one that tells a topic": [budget([{}, { subscriberSnsTopicArns: ["topic"] }])],
    },
    fails: {
        none: [[], "the stack has no budget; accepted: one"],
        "one that tells nobody": [
            [budget([{ threshold: 80 }])],
            "notifications tells nobody; accepted: e-mail addresses or topics",
        ],
    },
    waits: { "whom it tells": [[budget(NOT_KNOWN)], "the stack: notifications"] },
});

describeRule(protectedResources, {
    passes: {
        "what is protected": [{ ...endpoint(), isProtected: true }],
        "what can be made again": [{ ...model({}), isProtected: false }],
    },
    fails: {
        "an endpoint and a bucket": [
            [
                { ...endpoint(), isProtected: false },
                { ...bucket(), isProtected: false },
            ],
            "protect is false; accepted: true",
            "protect is false; accepted: true",
        ],
    },
    waits: { "what nobody recorded": [[endpoint()], "endpoint: protect"] },
});

const named = (name: string, of: unknown, region = "eu-west-1"): Given => ({
    type: "aws:cloudwatch/logGroup:LogGroup",
    name,
    region,
    properties: { name: of },
});
describeRule(uniqueNames, {
    passes: {
        "names of their own": [named("a", "/a"), named("b", "/b")],
        "one name in two regions": [named("a", "/a"), named("b", "/a", "us-east-1")],
        "names that the provider made up": [named("a", "a-0123abc"), named("a", "a-0123abc")],
        "one name of two kinds": [named("a", "api"), endpoint()],
    },
    fails: {
        "one name": [
            [named("a", "/a"), named("b", "/a")],
            'name is "/a", which a has too; accepted: a name of its own',
        ],
    },
    waits: { "a name that is not known": [[named("a", NOT_KNOWN)], "a: name"] },
});
