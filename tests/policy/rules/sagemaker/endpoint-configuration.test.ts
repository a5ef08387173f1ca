import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { endpointConfigurationAsyncKey } from "../../../../policy/rules/sagemaker/endpoint-configuration-async-key.ts";
import { endpointConfigurationDataCapture } from "../../../../policy/rules/sagemaker/endpoint-configuration-data-capture.ts";
import { endpointConfigurationDataCaptureKey } from "../../../../policy/rules/sagemaker/endpoint-configuration-data-capture-key.ts";
import { endpointConfigurationKmsKey } from "../../../../policy/rules/sagemaker/endpoint-configuration-kms-key.ts";
import { endpointConfigurationKmsKeyRefused } from "../../../../policy/rules/sagemaker/endpoint-configuration-kms-key-refused.ts";
import { endpointConfigurationNameUnset } from "../../../../policy/rules/sagemaker/endpoint-configuration-name-unset.ts";
import { endpointConfigurationShadow } from "../../../../policy/rules/sagemaker/endpoint-configuration-shadow.ts";
import { describeRule } from "../../describe-rule.ts";
import { KEY, variant, variants } from "./given.ts";

const on = (...instanceTypes: unknown[]) => variants(...instanceTypes.map((instanceType) => ({ instanceType })));
const SERVERLESS = { productionVariants: [{ serverlessConfig: { memorySizeInMb: 2048, maxConcurrency: 5 } }] };

describeRule(endpointConfigurationNameUnset, {
    passes: {
        "no name": on("ml.m5.large"),
        "one that the provider made up": { name: "it-0123abc" },
        "one that it says it made up": { name: "x", __defaults: ["name"] },
    },
    fails: { "a name": [{ name: "api" }, 'name is "api"; accepted: none'] },
    waits: { "a name that is not known": [{ name: NOT_KNOWN }, "it: name"] },
});

describeRule(endpointConfigurationKmsKey, {
    passes: {
        "a key": { ...on("ml.m5.large"), kmsKeyArn: KEY },
        "a key that is not known": { ...on("ml.m5.large"), kmsKeyArn: NOT_KNOWN },
        "instances whose own storage the hardware encrypts": on(
            "ml.g5.xlarge",
            "ml.g4dn.xlarge",
            "ml.m5d.large",
            "ml.c6gd.large",
            "ml.m6gd.large",
            "ml.g7.2xlarge",
            "ml.dl1.24xlarge",
        ),
        "no instances": SERVERLESS,
    },
    fails: {
        "volumes without one, once": [
            on("ml.g5.xlarge", "ml.m5.large", "ml.c6g.large"),
            "kmsKeyArn is not set, and productionVariants[1] has volumes on ml.m5.large; accepted: the ARN of a KMS key",
        ],
        "volumes of a shadow variant": [
            { shadowProductionVariants: [variant()] },
            "kmsKeyArn is not set, and shadowProductionVariants[0] has volumes on ml.m5.large; accepted: the ARN of a KMS key",
        ],
    },
    waits: { "an instance type that is not known": [on(NOT_KNOWN), "it: productionVariants[0].instanceType"] },
});

describeRule(endpointConfigurationKmsKeyRefused, {
    passes: {
        "a key for volumes": { ...on("ml.m5.large"), kmsKeyArn: KEY },
        "no key for storage of its own": on("ml.g5.xlarge"),
    },
    fails: {
        "a key for storage of its own": [
            { ...on("ml.m5.large", "ml.g5.xlarge"), kmsKeyArn: NOT_KNOWN },
            "kmsKeyArn is set, and productionVariants[1] is on ml.g5.xlarge, which has storage of its own; accepted: no key",
        ],
    },
    waits: {
        "an instance type that is not known": [
            { ...on(NOT_KNOWN), kmsKeyArn: KEY },
            "it: productionVariants[0].instanceType",
        ],
    },
});

const shadowed = (production: number, shadows: number, properties: Readonly<Record<string, unknown>> = {}) => ({
    productionVariants: Array.from({ length: production }, () => variant(properties)),
    shadowProductionVariants: Array.from({ length: shadows }, () => variant()),
});

describeRule(endpointConfigurationShadow, {
    passes: { "one beside one": shadowed(1, 1), "none beside two": shadowed(2, 0) },
    fails: {
        "two beside one": [shadowed(1, 2), "shadowProductionVariants has 2; accepted: 1"],
        "one beside two": [shadowed(2, 1), "productionVariants has 2 beside a shadow variant; accepted: 1"],
        "one beside a serverless one": [
            shadowed(1, 1, { serverlessConfig: {} }),
            "productionVariants[0].serverlessConfig is set in a shadow test; accepted: instances",
        ],
    },
    waits: {
        "variants that are not known": [{ shadowProductionVariants: NOT_KNOWN }, "it: shadowProductionVariants"],
    },
});

const capture = (properties: object = {}) => ({
    dataCaptureConfig: {
        enableCapture: true,
        destinationS3Uri: "s3://bucket/capture/",
        initialSamplingPercentage: 20,
        captureOptions: [{ captureMode: "Input" }],
        ...properties,
    },
});

describeRule(endpointConfigurationDataCapture, {
    passes: {
        "capture with a destination": capture(),
        "capture that is off": capture({ enableCapture: false, destinationS3Uri: "" }),
        none: {},
    },
    fails: {
        "no destination": [
            capture({ destinationS3Uri: undefined }),
            "dataCaptureConfig.destinationS3Uri is not set; accepted: s3://BUCKET/PREFIX",
        ],
        "one that is none": [
            capture({ destinationS3Uri: "bucket/capture" }),
            'dataCaptureConfig.destinationS3Uri is "bucket/capture"; accepted: s3://BUCKET/PREFIX',
        ],
        "nothing to keep": [
            capture({ initialSamplingPercentage: 0, captureOptions: [] }),
            "dataCaptureConfig.initialSamplingPercentage is 0; accepted: 1 to 100",
            "dataCaptureConfig.captureOptions is empty; accepted: Input, Output or both",
        ],
    },
    waits: {
        "a destination that is not there yet": [
            capture({ destinationS3Uri: NOT_KNOWN }),
            "it: dataCaptureConfig.destinationS3Uri",
        ],
    },
});

describeRule(endpointConfigurationDataCaptureKey, {
    passes: {
        "a key": capture({ kmsKeyId: KEY }),
        "a key that is not known": capture({ kmsKeyId: NOT_KNOWN }),
        "capture that is off": capture({ enableCapture: false }),
        none: {},
    },
    fails: { "no key": [capture(), "dataCaptureConfig.kmsKeyId is not set; accepted: a KMS key"] },
    waits: {
        "whether there is capture": [capture({ enableCapture: NOT_KNOWN }), "it: dataCaptureConfig.enableCapture"],
    },
});

const async = (properties: object) => ({
    asyncInferenceConfig: { outputConfig: { s3OutputPath: "s3://bucket/output/", ...properties } },
});

describeRule(endpointConfigurationAsyncKey, {
    passes: { "a key": async({ kmsKeyId: KEY }), "an endpoint that answers at once": {} },
    fails: { "no key": [async({}), "asyncInferenceConfig.outputConfig.kmsKeyId is not set; accepted: a KMS key"] },
    waits: {
        "an output that is not known": [
            { asyncInferenceConfig: { outputConfig: NOT_KNOWN } },
            "it: asyncInferenceConfig.outputConfig",
        ],
    },
});
