import { LIMITS } from "../../plans/limits.ts";
import type { CaptureOptions } from "../capture/capture-line.ts";
import { type Fields, fields, Graph, list, text } from "./graph.ts";
import { type HostedModel, hostedModel } from "./hosted-model.ts";
import type { RecordedResource } from "./recorded-resource.ts";

export interface HostedVariant extends HostedModel {
    readonly name: string;
    readonly weight: number;
    readonly startupTimeoutSeconds: number;
    /** @default - SageMaker's for the instance type */
    readonly volumeGiB?: number | undefined;
}

/** A variant that gets copies of requests. */
export interface HostedShadow {
    readonly variant: HostedVariant;
    /** Of the requests that are copied, 0 to 1. */
    readonly share: number;
}

/** What an endpoint's resources say that it hosts. */
export interface HostedEndpoint {
    readonly name: string;
    readonly variants: readonly HostedVariant[];
    /** Bytes of a request at most. @default - SageMaker's for endpoints with instances */
    readonly requestBytes?: number;
    /** Its requests wait in a queue and its results go to S3. */
    readonly isAsynchronous?: boolean;
    /** Or the name of a model that the program does not register, as there is nothing to run then. @default - none */
    readonly shadow?: HostedShadow | string | undefined;
    /** What is recorded of requests and answers. @default - nothing */
    readonly capture?: CaptureOptions;
}

/** SageMaker's default for the start-up health check [D]. */
const STARTUP_SECONDS = 480;

const texts = (value: unknown): string[] => (value ?? []) as string[];

function captureOptions(config: unknown): CaptureOptions | undefined {
    const {
        enableCapture,
        initialSamplingPercentage,
        captureOptions: options,
        captureContentTypeHeader,
    } = fields(config);
    if (enableCapture !== true) return undefined;
    const { csvContentTypes, jsonContentTypes } = fields(captureContentTypeHeader);
    return {
        samplingPercent: Number(initialSamplingPercentage),
        modes: list(options).map(({ captureMode }) => text(captureMode)),
        csv: texts(csvContentTypes),
        json: texts(jsonContentTypes),
    };
}

/** Reads from the registered resources what each endpoint hosts: endpoint → configuration → models → containers → images, artifacts. */
export function hostedEndpoints(resources: readonly RecordedResource[]): HostedEndpoint[] {
    const graph = new Graph(resources);
    return graph.ofType("sagemaker/endpoint:Endpoint").map(({ inputs, outputs }) => {
        const configuration = graph.named(
            "sagemaker/endpointConfiguration:EndpointConfiguration",
            inputs["endpointConfigName"],
        );
        const planned = list(configuration.inputs["productionVariants"]);
        const variants = planned.map((variant) => hosted(graph, variant));
        const shadow = hostedShadow(graph, configuration.inputs, variants);
        const capture = captureOptions(configuration.inputs["dataCaptureConfig"]);
        const isServerless = planned.some(({ serverlessConfig }) => serverlessConfig !== undefined);
        return {
            name: text(outputs["name"]),
            variants,
            ...(shadow !== undefined && { shadow }),
            ...(configuration.inputs["asyncInferenceConfig"] !== undefined && { isAsynchronous: true }),
            ...(capture && { capture }),
            ...(isServerless && { requestBytes: LIMITS.serverlessRequestBytes }),
        };
    });
}

function hosted(graph: Graph, variant: Fields): HostedVariant {
    const volume = variant["volumeSizeInGb"];
    return {
        name: text(variant["variantName"]),
        weight: Number(variant["initialVariantWeight"] ?? 1),
        startupTimeoutSeconds: Number(variant["containerStartupHealthCheckTimeoutInSeconds"] ?? STARTUP_SECONDS),
        volumeGiB: volume === undefined ? undefined : Number(volume),
        ...hostedModel(graph, variant["modelName"]),
    };
}

/** SageMaker copies the share that the shadow's weight is of the production variant's. */
function hostedShadow(graph: Graph, configuration: Fields, [production]: readonly HostedVariant[]) {
    const [shadow] = list(configuration["shadowProductionVariants"]);
    if (shadow === undefined || production === undefined) return undefined;
    const model = text(shadow["modelName"]);
    if (!graph.has("sagemaker/model:Model", model)) return model;
    const variant = hosted(graph, shadow);
    return { variant, share: Math.min(1, variant.weight / production.weight) };
}
