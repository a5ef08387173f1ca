import { LIMITS } from "../../plans/limits.ts";
import { Graph, list, text } from "./graph.ts";
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
    /** Bytes of a request at most. @default - SageMaker's for endpoints with instances */
    readonly requestBytes?: number;
    /** Its requests wait in a queue and its results go to S3. */
    readonly isAsynchronous?: boolean;
}

/** SageMaker's default for the start-up health check [D]. */
const STARTUP_SECONDS = 480;

/** Reads from the registered resources what each endpoint hosts: endpoint → configuration → models → containers → images, artifacts. */
export function hostedEndpoints(resources: readonly RecordedResource[]): HostedEndpoint[] {
    const graph = new Graph(resources);
    return graph.ofType("sagemaker/endpoint:Endpoint").map(({ inputs, outputs }) => {
        const configuration = graph.named(
            "sagemaker/endpointConfiguration:EndpointConfiguration",
            inputs["endpointConfigName"],
        );
        const planned = list(configuration.inputs["productionVariants"]);
        const variants = planned.map((variant) => {
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
        const isServerless = planned.some(({ serverlessConfig }) => serverlessConfig !== undefined);
        return {
            name: text(outputs["name"]),
            variants,
            ...(configuration.inputs["asyncInferenceConfig"] !== undefined && { isAsynchronous: true }),
            ...(isServerless && { requestBytes: LIMITS.serverlessRequestBytes }),
        };
    });
}
