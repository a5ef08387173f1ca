import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { endpointConfigurationGpuAmi } from "../../../../policy/rules/sagemaker/endpoint-configuration-gpu-ami.ts";
import { endpointConfigurationInstanceCount } from "../../../../policy/rules/sagemaker/endpoint-configuration-instance-count.ts";
import { endpointConfigurationInstanceTypes } from "../../../../policy/rules/sagemaker/endpoint-configuration-instance-types.ts";
import { endpointConfigurationServerless } from "../../../../policy/rules/sagemaker/endpoint-configuration-serverless.ts";
import { endpointConfigurationVariants } from "../../../../policy/rules/sagemaker/endpoint-configuration-variants.ts";
import { endpointConfigurationVolume } from "../../../../policy/rules/sagemaker/endpoint-configuration-volume.ts";
import { endpointConfigurationWeights } from "../../../../policy/rules/sagemaker/endpoint-configuration-weights.ts";
import { describeRule } from "../../describe-rule.ts";
import { variants } from "./given.ts";

const serverless = (config: object, beside: object = {}) => ({
    productionVariants: [{ variantName: "main", serverlessConfig: config, ...beside }],
});
const CAPACITY = { memorySizeInMb: 2048, maxConcurrency: 10 };
const names = (...given: unknown[]) => variants(...given.map((variantName) => ({ variantName })));

describeRule(endpointConfigurationVariants, {
    passes: {
        "one variant": variants({}),
        ten: variants(...Array.from({ length: 10 }, () => ({}))),
        "names that the provider makes up": names(undefined, undefined),
    },
    fails: {
        none: [{ productionVariants: [] }, "productionVariants has 0; accepted: 1 to 10"],
        eleven: [variants(...Array.from({ length: 11 }, () => ({}))), "productionVariants has 11; accepted: 1 to 10"],
        "a name twice": [
            names("a", "b", "a"),
            'productionVariants[2].variantName is "a", as is that of productionVariants[0]; accepted: a name of its own',
        ],
        "the name of a production variant for a shadow variant": [
            { ...names("a"), shadowProductionVariants: [{ variantName: "a" }] },
            'shadowProductionVariants[0].variantName is "a", as is that of productionVariants[0]; accepted: a name of its own',
        ],
        "a name that is none": [
            names("a b"),
            'productionVariants[0].variantName is "a b"; accepted: up to 63 letters, digits and inner hyphens',
        ],
    },
    waits: { "a name that is not known": [names("a", NOT_KNOWN), "it: productionVariants[1].variantName"] },
});

const weights = (...given: unknown[]) => variants(...given.map((initialVariantWeight) => ({ initialVariantWeight })));

describeRule(endpointConfigurationWeights, {
    passes: { "whole numbers": weights(9, 1, 0), "halves and quarters": weights(0.5, 0.25), none: weights(undefined) },
    fails: {
        tenths: [
            weights(0.9, 1),
            "productionVariants[0].initialVariantWeight is 0.9, which is read back as 0.8999999761581421; accepted: 0 or more, in whole numbers",
        ],
        "less than nothing": [
            weights(-1),
            "productionVariants[0].initialVariantWeight is -1; accepted: 0 or more, in whole numbers",
        ],
    },
    waits: { "a weight that is not known": [weights(NOT_KNOWN), "it: productionVariants[0].initialVariantWeight"] },
});

const sizes = (...given: unknown[]) => variants(...given.map((volumeSizeInGb) => ({ volumeSizeInGb })));

describeRule(endpointConfigurationVolume, {
    passes: { "1 to 512 GiB, and SageMaker's own choice": sizes(1, 512, undefined) },
    fails: {
        "0, 513 and 1.5": [
            sizes(0, 513, 1.5),
            "productionVariants[0].volumeSizeInGb is 0; accepted: 1 to 512",
            "productionVariants[1].volumeSizeInGb is 513; accepted: 1 to 512",
            "productionVariants[2].volumeSizeInGb is 1.5; accepted: 1 to 512",
        ],
    },
    waits: { "a size that is not known": [sizes(NOT_KNOWN), "it: productionVariants[0].volumeSizeInGb"] },
});

const types = (...given: unknown[]) => variants(...given.map((instanceType) => ({ instanceType })));

describeRule(endpointConfigurationInstanceTypes, {
    passes: { "any type where none is named": types("ml.p5.48xlarge") },
    fails: {},
});
describeRule(endpointConfigurationInstanceTypes, {
    settings: { allowed: ["ml.m5.large", "ml.c7i.*"] },
    passes: { "allowed types, and none": types("ml.m5.large", "ml.c7i.2xlarge", undefined) },
    fails: {
        "another type": [
            types("ml.m5.large", "ml.m5.xlarge"),
            "productionVariants[1].instanceType is ml.m5.xlarge; accepted: ml.m5.large, ml.c7i.*",
        ],
    },
    waits: { "a type that is not known": [types(NOT_KNOWN), "it: productionVariants[0].instanceType"] },
});

const counts = (...given: unknown[]) => variants(...given.map((initialInstanceCount) => ({ initialInstanceCount })));

describeRule(endpointConfigurationInstanceCount, {
    passes: { two: counts(2, 3), "no instances": serverless(CAPACITY) },
    fails: {
        "one, and none said": [
            counts(1, undefined),
            "productionVariants[0].initialInstanceCount is 1; accepted: 2 or more",
            "productionVariants[1].initialInstanceCount is not set; accepted: 2 or more",
        ],
    },
    waits: { "a count that is not known": [counts(NOT_KNOWN), "it: productionVariants[0].initialInstanceCount"] },
});
describeRule(endpointConfigurationInstanceCount, {
    settings: { minimum: 3 },
    passes: { three: counts(3) },
    fails: { two: [counts(2), "productionVariants[0].initialInstanceCount is 2; accepted: 3 or more"] },
});

const ami = (instanceType: unknown, inferenceAmiVersion?: unknown) => variants({ instanceType, inferenceAmiVersion });
const GPU_AMI = "al2-ami-sagemaker-inference-gpu-3-1";
const NEURON_AMI = "al2-ami-sagemaker-inference-neuron-2";

describeRule(endpointConfigurationGpuAmi, {
    passes: {
        "an image for GPUs on GPUs": ami("ml.g5.xlarge", GPU_AMI),
        "none without": ami("ml.m5.large"),
        "one of AWS's accelerators": ami("ml.inf2.xlarge", NEURON_AMI),
        "no instances": serverless(CAPACITY),
    },
    fails: {
        "none on GPUs": [
            ami("ml.g5.xlarge"),
            "productionVariants[0].inferenceAmiVersion is not set on ml.g5.xlarge; accepted: an image for GPUs",
        ],
        "one for GPUs without any": [
            ami("ml.m5.large", GPU_AMI),
            `productionVariants[0].inferenceAmiVersion is ${GPU_AMI} on ml.m5.large; accepted: none`,
        ],
        "one of AWS's accelerators on GPUs": [
            ami("ml.g5.xlarge", NEURON_AMI),
            `productionVariants[0].inferenceAmiVersion is ${NEURON_AMI} on ml.g5.xlarge; accepted: an image for GPUs`,
        ],
    },
    waits: { "a type that is not known": [ami(NOT_KNOWN), "it: productionVariants[0].instanceType"] },
});

describeRule(endpointConfigurationServerless, {
    passes: {
        "capacity within the limits": serverless({ ...CAPACITY, provisionedConcurrency: 10 }),
        instances: variants({}),
        "instances with data capture": { ...variants({}), dataCaptureConfig: { enableCapture: true } },
    },
    fails: {
        "memory and requests outside of them": [
            serverless({ memorySizeInMb: 1000, maxConcurrency: 201 }),
            "productionVariants[0].serverlessConfig.memorySizeInMb is 1000; accepted: 1024, 2048, 3072, 4096, 5120, 6144",
            "productionVariants[0].serverlessConfig.maxConcurrency is 201; accepted: 1 to 200",
        ],
        "more kept warm than there may be": [
            serverless({ ...CAPACITY, provisionedConcurrency: 11 }),
            "productionVariants[0].serverlessConfig.provisionedConcurrency is 11, over maxConcurrency; accepted: up to 10",
        ],
        "instances beside it": [
            serverless(CAPACITY, { instanceType: "ml.m5.large", initialInstanceCount: 1 }),
            "productionVariants[0].instanceType is set beside serverlessConfig; accepted: one of the two",
            "productionVariants[0].initialInstanceCount is set beside serverlessConfig; accepted: one of the two",
        ],
        "data capture": [
            { ...serverless(CAPACITY), dataCaptureConfig: { enableCapture: true } },
            "dataCaptureConfig.enableCapture is true with a serverless variant; accepted: no data capture",
        ],
    },
    waits: {
        "memory that is not known": [
            serverless({ memorySizeInMb: NOT_KNOWN, maxConcurrency: 5 }),
            "it: productionVariants[0].serverlessConfig.memorySizeInMb",
        ],
    },
});
