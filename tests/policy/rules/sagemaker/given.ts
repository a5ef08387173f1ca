import type { Given } from "../../judged.ts";

type Properties = Readonly<Record<string, unknown>>;

export const REPOSITORY = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/api";
const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
export const PINNED = { image: `${REPOSITORY}@${DIGEST}` };
export const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** A production variant on instances. */
export const variant = (properties: Properties = {}): Properties => ({
    variantName: "main",
    modelName: "model-1",
    instanceType: "ml.m5.large",
    initialInstanceCount: 2,
    ...properties,
});

/** An endpoint configuration with one such variant for each. */
export const variants = (...properties: readonly Properties[]): Properties => ({
    productionVariants: properties.map((one, index) => variant({ variantName: `v${index}`, ...one })),
});

export const model = (properties: Properties): Given => ({
    type: "aws:sagemaker/model:Model",
    name: "model",
    properties: { name: "model-1", ...properties },
});

export const configuration = (properties: Properties): Given => ({
    type: "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
    name: "configuration",
    properties: { name: "configuration-1", ...properties },
});

export const endpoint = (properties: Properties = {}): Given => ({
    type: "aws:sagemaker/endpoint:Endpoint",
    name: "endpoint",
    properties: { name: "api", endpointConfigName: "configuration-1", ...properties },
});

export const scalableTarget = (properties: Properties = {}): Given => ({
    type: "aws:appautoscaling/target:Target",
    name: "target",
    properties: {
        serviceNamespace: "sagemaker",
        scalableDimension: "sagemaker:variant:DesiredInstanceCount",
        resourceId: "endpoint/api/variant/main",
        minCapacity: 2,
        maxCapacity: 4,
        ...properties,
    },
});
