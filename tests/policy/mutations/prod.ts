import { parseSettings } from "../../../config/schema.ts";
import type { RecordedResource } from "../../../local/graph/recorded-resource.ts";
import { deployPattern } from "../../../patterns/index.ts";
import type { PackConfig } from "../../../policy/framework/settings.ts";
import { projectFolder } from "../../support/project-folder.ts";
import { record } from "../../support/record.ts";
import { KEY_ARN, resource } from "./small.ts";

/** A pipeline with all that this program can put around it. */
const CONFIG = {
    pattern: "inference-pipeline",
    steps: [
        {
            name: "preprocess",
            image: { build: { folder: "containers/preprocess" } },
            artifact: { path: "models/preprocess" },
            environment: { WORKERS: "2" },
            responseType: "text/csv",
        },
        {
            name: "predict",
            image: { prebuilt: { name: "sagemaker-xgboost", version: "1.7-1" } },
            artifact: { path: "models/predict" },
        },
        {
            name: "postprocess",
            image: { build: { folder: "containers/postprocess" } },
            artifact: { path: "models/postprocess" },
        },
    ],
    endpoint: {
        instanceType: "ml.m5.large",
        volumeGiB: 30,
        startupTimeoutSeconds: 600,
        scaling: { min: 2, max: 6, target: { invocationsPerInstance: 600 }, scaleInCooldownSeconds: 600 },
        deployment: {
            type: "canary",
            size: { instances: 1 },
            waitSeconds: 600,
            terminationWaitSeconds: 600,
            rollback: { serverErrorPercent: 1, modelLatencyMs: 1000 },
        },
        dataCapture: { samplingPercent: 10, keepDays: 90 },
    },
    dashboard: true,
    alarms: {
        notify: { subscribers: ["ml-team@example.com"] },
        page: { topic: "arn:aws:sns:eu-west-1:123456789012:on-call" },
    },
    logs: { retentionDays: 365 },
    key: KEY_ARN,
};

/** Resources that the config above does not make or complete, as the reviewed stack has them. */
const COMPLETED: Readonly<Record<string, (name: string) => Readonly<Record<string, unknown>>>> = {
    "aws:sagemaker/model:Model": () => ({
        enableNetworkIsolation: true,
        vpcConfig: { subnets: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] },
    }),
    "aws:sagemaker/endpointConfiguration:EndpointConfiguration": () => ({ kmsKeyArn: KEY_ARN }),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": () => ({
        rules: [
            {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY_ARN },
                bucketKeyEnabled: true,
            },
        ],
    }),
};
const PROTECTED = ["aws:sagemaker/endpoint:Endpoint", "aws:s3/bucket:Bucket"];

function complete(recorded: RecordedResource): RecordedResource {
    const added = COMPLETED[recorded.type]?.(recorded.name) ?? {};
    return {
        ...recorded,
        isProtected: PROTECTED.includes(recorded.type),
        inputs: { ...recorded.inputs, ...added },
        outputs: { ...recorded.outputs, ...added },
    };
}

/** Who reads and writes a bucket, recorded in a bucket of the account's. */
const logging = ({ type, name, outputs }: RecordedResource): RecordedResource[] =>
    type === "aws:s3/bucket:Bucket"
        ? [
              resource("aws:s3/bucketLogging:BucketLogging", name, {
                  bucket: outputs["bucket"],
                  targetBucket: "access-logs",
                  targetPrefix: name,
              }),
          ]
        : [];

const BUDGET = resource("aws:budgets/budget:Budget", "budget", {
    name: "project-test",
    limitAmount: "600",
    notifications: [{ threshold: 80, subscriberEmailAddresses: ["ml-team@example.com"] }],
});

/** What is allowed in it; nothing is let pass. */
export const PROD_CONFIG: PackConfig = {
    "model-image-registry": {
        allowed: ["123456789012.dkr.ecr.eu-west-1.amazonaws.com", "683313688378.dkr.ecr.eu-west-1.amazonaws.com"],
    },
    "endpoint-configuration-instance-types": { allowed: ["ml.m5.*", "ml.m5d.*", "ml.t3.*"] },
    "hosting-region": { allowed: ["eu-west-1"] },
};

/** The resources of a stack of production. */
export async function prodResources(): Promise<RecordedResource[]> {
    const files = CONFIG.steps.flatMap(({ name }) => [
        [`containers/${name}/Dockerfile`, "FROM scratch"],
        [`models/${name}/model.bin`, `weights of ${name}`],
    ]);
    const folder = projectFolder(Object.fromEntries(files) as Record<string, string>);
    try {
        const values = Object.entries(CONFIG).map(([key, value]) => [
            `serial-inference:${key}`,
            typeof value === "string" ? value : JSON.stringify(value),
        ]);
        const settings = parseSettings(Object.fromEntries(values) as Record<string, string>, "Pulumi.prod.yaml");
        const recorded = await record(() => deployPattern(settings));
        return [...recorded.map(complete), ...recorded.flatMap(logging), BUDGET];
    } finally {
        folder.remove();
    }
}
