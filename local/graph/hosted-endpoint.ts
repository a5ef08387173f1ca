import type { CaptureOptions } from "../capture/capture-line.ts";
import { fields, Graph, list, text } from "./graph.ts";
import { type HostedModel, hostedModel } from "./hosted-model.ts";
import type { RecordedResource } from "./recorded-resource.ts";

export interface HostedVariant extends HostedModel {
    readonly name: string;
    readonly weight: number;
    readonly startupTimeoutSeconds: number;
    /** @default - SageMaker's for the instance type */
    readonly volumeGiB?: number | undefined;
}

/** What an endpoint's resources say that it hosts. */
export interface HostedEndpoint {
    readonly name: string;
    readonly variants: readonly HostedVariant[];
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
        const variants = list(configuration.inputs["productionVariants"]).map((variant) => {
            const volume = variant["volumeSizeInGb"];
            return {
                name: text(variant["variantName"]),
                weight: Number(variant["initialVariantWeight"] ?? 1),
                startupTimeoutSeconds: Number(
                    variant["containerStartupHealthCheckTimeoutInSeconds"] ?? STARTUP_SECONDS,
                ),
                volumeGiB: volume === undefined ? undefined : Number(volume),
                ...hostedModel(graph, variant["modelName"]),
            };
        });
        const capture = captureOptions(configuration.inputs["dataCaptureConfig"]);
        return { name: text(outputs["name"]), variants, ...(capture && { capture }) };
    });
}
