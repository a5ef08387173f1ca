import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { endpointDeploymentConfig } from "../../../../policy/rules/sagemaker/endpoint-deployment-config.ts";
import { endpointGuardrailTimeout } from "../../../../policy/rules/sagemaker/endpoint-guardrail-timeout.ts";
import { endpointName } from "../../../../policy/rules/sagemaker/endpoint-name.ts";
import { endpointRollbackAlarms } from "../../../../policy/rules/sagemaker/endpoint-rollback-alarms.ts";
import { hostingRegion } from "../../../../policy/rules/sagemaker/hosting-region.ts";
import { multiModelSingleGpu } from "../../../../policy/rules/sagemaker/multi-model-single-gpu.ts";
import { describeRule } from "../../describe-rule.ts";
import { urnOf } from "../../judged.ts";
import { configuration, endpoint, model, variants } from "./given.ts";

describeRule(endpointName, {
    passes: { "a name": { name: "api-1" }, "63 characters": { name: "x".repeat(63) }, none: {} },
    fails: {
        "64 characters": [
            { name: "x".repeat(64) },
            `name is "${"x".repeat(64)}", of 64 characters; accepted: up to 63 letters, digits and inner hyphens`,
        ],
        "an underscore": [
            { name: "my_api" },
            'name is "my_api", of 6 characters; accepted: up to 63 letters, digits and inner hyphens',
        ],
    },
    waits: { "a name that is not known": [{ name: NOT_KNOWN }, "it: name"] },
});

const alarms = (...names: unknown[]) => ({
    deploymentConfig: { autoRollbackConfiguration: { alarms: names.map((alarmName) => ({ alarmName })) } },
});

describeRule(endpointRollbackAlarms, {
    passes: {
        "one alarm": alarms("errors"),
        ten: alarms(...Array.from({ length: 10 }, (_, index) => `alarm-${index}`)),
        "no deployment of its own": {},
    },
    fails: {
        "nothing that rolls back": [
            { deploymentConfig: { blueGreenUpdatePolicy: {} } },
            "deploymentConfig.autoRollbackConfiguration is not set; accepted: 1 to 10 alarms",
        ],
        "no alarm": [alarms(), "deploymentConfig.autoRollbackConfiguration.alarms has 0; accepted: 1 to 10"],
        eleven: [
            alarms(...Array.from({ length: 11 }, (_, index) => `alarm-${index}`)),
            "deploymentConfig.autoRollbackConfiguration.alarms has 11; accepted: 1 to 10",
        ],
        "one twice": [
            alarms("errors", "errors"),
            'deploymentConfig.autoRollbackConfiguration.alarms[1].alarmName is "errors", as is that of ' +
                "deploymentConfig.autoRollbackConfiguration.alarms[0]; accepted: each alarm once",
        ],
    },
    waits: {
        "alarms that are not there yet": [
            alarms(NOT_KNOWN),
            "it: deploymentConfig.autoRollbackConfiguration.alarms[0].alarmName",
        ],
    },
});

const SERVERLESS = configuration({ productionVariants: [{ serverlessConfig: {} }] });
const ON_INSTANCES = configuration(variants({ initialInstanceCount: 4 }));
const unknownConfiguration = (on: readonly string[]) => ({
    ...endpoint({ endpointConfigName: NOT_KNOWN }),
    dependencies: { endpointConfigName: on },
});

describeRule(endpointDeploymentConfig, {
    passes: {
        "a deployment of its own": [endpoint({ deploymentConfig: NOT_KNOWN }), ON_INSTANCES],
        "a serverless endpoint": [endpoint(), SERVERLESS],
        "a serverless endpoint whose configuration is not there yet": [
            unknownConfiguration([urnOf(SERVERLESS)]),
            SERVERLESS,
        ],
    },
    fails: {
        "an endpoint on instances without": [
            [endpoint(), ON_INSTANCES],
            "deploymentConfig is not set; accepted: a blue/green or rolling policy",
        ],
        "one whose configuration the stack does not hold": [
            [endpoint({ endpointConfigName: "elsewhere" })],
            "deploymentConfig is not set; accepted: a blue/green or rolling policy",
        ],
    },
    waits: {
        "an endpoint of which nothing is known": [
            [unknownConfiguration([]), ON_INSTANCES],
            "endpoint: endpointConfigName",
        ],
    },
});

const blueGreen = (routing: object, timeout: unknown, termination = 600) => [
    endpoint({
        deploymentConfig: {
            blueGreenUpdatePolicy: {
                trafficRoutingConfiguration: routing,
                terminationWaitInSeconds: termination,
                maximumExecutionTimeoutInSeconds: timeout,
            },
        },
    }),
    ON_INSTANCES,
];
const rolling = (size: object, timeout: unknown) => [
    endpoint({
        deploymentConfig: {
            rollingUpdatePolicy: {
                maximumBatchSize: size,
                waitIntervalInSeconds: 300,
                maximumExecutionTimeoutInSeconds: timeout,
            },
        },
    }),
    ON_INSTANCES,
];
const CANARY = { type: "CANARY", canarySize: { type: "INSTANCE_COUNT", value: 1 }, waitIntervalInSeconds: 300 };
const linear = (type: string, value: number) => ({
    type: "LINEAR",
    linearStepSize: { type, value },
    waitIntervalInSeconds: 300,
});
const PATH = "deploymentConfig.blueGreenUpdatePolicy.maximumExecutionTimeoutInSeconds";
const tooShort = (path: string, seconds: number) =>
    `${path} is ${seconds}, and the waits take ${seconds} s; accepted: more than ${seconds}`;

describeRule(endpointGuardrailTimeout, {
    passes: {
        "all at once": blueGreen({ type: "ALL_AT_ONCE", waitIntervalInSeconds: 0 }, 601),
        "a canary": blueGreen(CANARY, 901),
        "linear steps": blueGreen(linear("CAPACITY_PERCENT", 25), 1501),
        "linear steps by instances": blueGreen(linear("INSTANCE_COUNT", 2), 901),
        batches: rolling({ type: "CAPACITY_PERCENT", value: 50 }, 601),
        "SageMaker's own time-out": blueGreen(CANARY, undefined),
        "no guardrails": [endpoint(), ON_INSTANCES],
    },
    fails: {
        "all at once": [blueGreen({ type: "ALL_AT_ONCE", waitIntervalInSeconds: 0 }, 600), tooShort(PATH, 600)],
        "a canary": [blueGreen(CANARY, 900), tooShort(PATH, 900)],
        "linear steps of 25 %, which wait three times": [
            blueGreen(linear("CAPACITY_PERCENT", 25), 1500),
            tooShort(PATH, 1500),
        ],
        "linear steps of 2 of 4 instances, which wait once": [
            blueGreen(linear("INSTANCE_COUNT", 2), 900),
            tooShort(PATH, 900),
        ],
        "batches of 1 of 4 instances": [
            rolling({ type: "INSTANCE_COUNT", value: 1 }, 1200),
            tooShort("deploymentConfig.rollingUpdatePolicy.maximumExecutionTimeoutInSeconds", 1200),
        ],
    },
    waits: { "a time-out that is not known": [blueGreen(CANARY, NOT_KNOWN), `endpoint: ${PATH}`] },
});

const MULTI = model({ primaryContainer: { mode: "MultiModel" } });
const SINGLE = model({ primaryContainer: {} });
const onType = (instanceType: unknown, properties: object = {}) =>
    configuration(variants({ instanceType, ...properties }));
const refused = (instanceType: string) =>
    `productionVariants[0].instanceType is ${instanceType} for model model, which holds many; accepted: ml.p2, ml.p3, ml.g4dn or ml.g5 with one GPU`;

describeRule(multiModelSingleGpu, {
    passes: {
        "many models on one GPU": [MULTI, onType("ml.g5.xlarge")],
        "many models without a GPU": [MULTI, onType("ml.m5.large")],
        "one model on many GPUs": [SINGLE, onType("ml.g5.12xlarge")],
        "a model that the stack does not hold": [onType("ml.g5.12xlarge", { modelName: "elsewhere" })],
    },
    fails: {
        "many models on many GPUs": [[MULTI, onType("ml.g5.12xlarge")], refused("ml.g5.12xlarge")],
        "many models on a family that does not load them": [[MULTI, onType("ml.g6.xlarge")], refused("ml.g6.xlarge")],
    },
    waits: {
        "a model that is not there yet": [
            [MULTI, onType("ml.g5.12xlarge", { modelName: NOT_KNOWN })],
            "configuration: productionVariants[0].modelName",
        ],
    },
});

describeRule(hostingRegion, { passes: { "any region where none is named": {} }, fails: {} });
describeRule(hostingRegion, {
    settings: { allowed: ["eu-*"] },
    passes: { "the region that resources of tests are in": {} },
    fails: {},
});
describeRule(hostingRegion, {
    settings: { allowed: ["us-east-1", "us-west-2"] },
    passes: {},
    fails: { another: [{}, "region is eu-west-1; accepted: us-east-1, us-west-2"] },
});
