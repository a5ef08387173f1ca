import type { RecordedResource } from "../../../local/graph/recorded-resource.ts";
import type { PackConfig } from "../../../policy/framework/settings.ts";
import type { Hand } from "./hands.ts";
import { KEY_ARN, resource } from "./small.ts";

/** What the graph of production has not: a graph of its own for what it takes to break the rules about it. */
interface SmallGraph {
    readonly about: string;
    readonly resources: readonly RecordedResource[];
    readonly config: PackConfig;
    readonly hands: readonly Hand[];
}

const BUDGET = resource("aws:budgets/budget:Budget", "budget", {
    name: "small",
    notifications: [{ subscriberEmailAddresses: ["ml-team@example.com"] }],
});
const OWN = { StringEquals: { "aws:SourceAccount": "123456789012" } };
const documentOf = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

const IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api";
const DIGEST = `@sha256:${"0".repeat(64)}`;
const ROLE_ARN = "arn:aws:iam::123456789012:role/model";
const MODEL = "aws:sagemaker/model:Model";
const CONFIGURATION = "aws:sagemaker/endpointConfiguration:EndpointConfiguration";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const KEY = "aws:kms/key:Key";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";

/** A model with one container, in a VPC and without the network. */
const model = (container: object): RecordedResource =>
    resource(
        MODEL,
        "model",
        {
            executionRoleArn: ROLE_ARN,
            primaryContainer: { image: `${IMAGE}${DIGEST}`, ...container },
            enableNetworkIsolation: true,
            vpcConfig: { subnets: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] },
        },
        { name: "model-1" },
    );
const configuration = (variant: object): RecordedResource =>
    resource(
        CONFIGURATION,
        "configuration",
        { productionVariants: [{ variantName: "main", modelName: "model-1", initialVariantWeight: 1, ...variant }] },
        { name: "configuration-1" },
    );
const OFF = { enforcementLevel: "disabled" };
/** Of an endpoint that is elsewhere. */
const NOT_LIVE = { "endpoint-configuration-used": OFF };

export const SMALL: readonly SmallGraph[] = [
    {
        about: "a workflow",
        config: {},
        resources: [
            BUDGET,
            resource("aws:sfn/stateMachine:StateMachine", "workflow", {
                definition: "{}",
                loggingConfiguration: { level: "ERROR", includeExecutionData: false, logDestination: "arn:group:*" },
                tracingConfiguration: { enabled: true },
            }),
            resource("aws:sqs/queue:Queue", "undelivered", { sqsManagedSseEnabled: true }),
            resource(QUEUE_POLICY, "undelivered", {
                queueUrl: "undelivered",
                policy: documentOf({
                    Effect: "Allow",
                    Principal: { Service: "events.amazonaws.com" },
                    Action: "sqs:SendMessage",
                    Resource: "arn:queue",
                    Condition: OWN,
                }),
            }),
        ],
        hands: [
            {
                rule: "sfn-logging",
                type: "aws:sfn/stateMachine:StateMachine",
                path: ["loggingConfiguration", "level"],
                to: "OFF",
            },
            {
                rule: "sqs-policy-not-public",
                type: QUEUE_POLICY,
                path: ["policy", "Statement", 0],
                to: { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "x" },
            },
        ],
    },
    {
        about: "a key and a network",
        config: {},
        resources: [
            BUDGET,
            resource(KEY, "key", { enableKeyRotation: true, deletionWindowInDays: 30 }, { keyId: "key-1" }),
            resource("aws:kms/keyPolicy:KeyPolicy", "key", {
                keyId: "key-1",
                policy: documentOf(
                    {
                        Effect: "Allow",
                        Principal: { AWS: "arn:aws:iam::123456789012:root" },
                        Action: "kms:*",
                        Resource: "*",
                    },
                    {
                        Effect: "Allow",
                        Principal: { Service: "cloudwatch.amazonaws.com" },
                        Action: "kms:Decrypt",
                        Resource: "*",
                        Condition: OWN,
                    },
                ),
            }),
            resource("aws:ec2/vpc:Vpc", "network", { cidrBlock: "10.0.0.0/16" }, { id: "vpc-1" }),
            resource("aws:ec2/flowLog:FlowLog", "flow", { vpcId: "vpc-1", trafficType: "ALL" }),
            resource("aws:ec2/subnet:Subnet", "private", { vpcId: "vpc-1", mapPublicIpOnLaunch: false }),
            resource("aws:ec2/vpcEndpoint:VpcEndpoint", "logs", {
                vpcId: "vpc-1",
                vpcEndpointType: "Interface",
                privateDnsEnabled: true,
            }),
            resource(GROUP, "containers", {
                vpcId: "vpc-1",
                ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/16"] }],
                egress: [{ protocol: "-1", cidrBlocks: ["10.0.0.0/16"] }],
            }),
        ],
        hands: [
            { rule: "kms-deletion-window", type: KEY, path: ["deletionWindowInDays"], to: 7 },
            { rule: "protected-resources", type: KEY, path: [], isUnprotected: true },
            {
                rule: "kms-policy-not-public",
                type: "aws:kms/keyPolicy:KeyPolicy",
                path: ["policy", "Statement", 0, "Principal"],
                to: { AWS: "*" },
            },
            { rule: "security-group-ingress", type: GROUP, path: ["ingress", 0, "cidrBlocks"], to: ["0.0.0.0/0"] },
            { rule: "security-group-ingress", type: GROUP, path: ["ingress", 0, "ipv6CidrBlocks"], to: ["::/0"] },
            { rule: "security-group-egress", type: GROUP, path: ["egress", 0, "cidrBlocks"], to: ["0.0.0.0/0"] },
        ],
    },
    {
        about: "many models on a GPU",
        config: NOT_LIVE,
        resources: [
            BUDGET,
            model({ mode: "MultiModel", modelDataUrl: "s3://models/prefix/" }),
            configuration({
                instanceType: "ml.g5.xlarge",
                initialInstanceCount: 2,
                inferenceAmiVersion: "al2-ami-sagemaker-inference-gpu-3-1",
            }),
        ],
        hands: [
            {
                rule: "multi-model-single-gpu",
                type: CONFIGURATION,
                path: ["productionVariants", 0, "instanceType"],
                to: "ml.g5.12xlarge",
            },
            {
                rule: "endpoint-configuration-gpu-ami",
                type: CONFIGURATION,
                path: ["productionVariants", 0, "inferenceAmiVersion"],
                to: () => undefined,
            },
            {
                rule: "model-private-registry",
                type: MODEL,
                path: ["primaryContainer", "image"],
                to: `registry.example.com/api${DIGEST}`,
            },
        ],
    },
    {
        about: "a variant without instances",
        config: NOT_LIVE,
        resources: [
            BUDGET,
            model({}),
            configuration({ serverlessConfig: { memorySizeInMb: 2048, maxConcurrency: 5 } }),
        ],
        hands: [
            {
                rule: "endpoint-configuration-serverless",
                type: CONFIGURATION,
                path: ["productionVariants", 0, "serverlessConfig", "memorySizeInMb"],
                to: 2000,
            },
        ],
    },
    {
        about: "a team that has switched two rules off",
        config: { "model-image-by-digest": OFF, "ecr-scan-on-push": OFF },
        resources: [BUDGET, model({})],
        hands: [{ rule: "image-unverified", type: MODEL, path: ["primaryContainer", "image"], to: `${IMAGE}:1.0` }],
    },
    {
        about: "a topic that says only who may not publish",
        config: {},
        resources: [
            BUDGET,
            resource("aws:sns/topic:Topic", "told", { kmsMasterKeyId: KEY_ARN }, { arn: "arn:topic" }),
            resource("aws:sns/topicPolicy:TopicPolicy", "told", {
                arn: "arn:topic",
                policy: documentOf({
                    Effect: "Deny",
                    Principal: "*",
                    Action: "sns:Publish",
                    Resource: "arn:topic",
                    Condition: { Bool: { "aws:SecureTransport": "false" } },
                }),
            }),
        ],
        hands: [],
    },
];
