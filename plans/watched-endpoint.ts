import { type EndpointSettings, hostings } from "./endpoint.ts";
import type { EndpointKind } from "./endpoint-kind.ts";
import { coreCount } from "./instance-cores.ts";
import { type MetricName, METRICS } from "./metrics.ts";
import type { ExecutionMode } from "./pipeline.ts";
import { multiModelSteps, type Step } from "./step.ts";
import { gpuCount } from "./triton/gpu-instances.ts";

/** A variant as its metrics need to know it. */
export interface WatchedVariant {
    readonly name: string;
    /** Relative share of the traffic. */
    readonly weight: number;
    /** vCPUs of an instance; undefined where they are not known. */
    readonly cores: number | undefined;
    /** GPUs of an instance; undefined where it has some and their number is not known. */
    readonly gpus: number | undefined;
}

/** An endpoint as dashboards and alarms need to know it. */
export interface WatchedEndpoint {
    readonly name: string;
    readonly kind: EndpointKind;
    readonly mode: ExecutionMode;
    readonly variants: readonly WatchedVariant[];
    /** Hostnames of the containers, in the order requests flow. */
    readonly containers: readonly string[];
    /** A container holds many models. */
    readonly multiModel: boolean;
}

/** What there is to watch of an endpoint that serves a model of these steps. */
export const watchedEndpoint = (
    endpoint: EndpointSettings & { readonly name: string },
    steps: readonly Step[],
    mode: ExecutionMode,
): WatchedEndpoint => ({
    name: endpoint.name,
    kind:
        endpoint.async !== undefined ? "asynchronous" : endpoint.serverless !== undefined ? "serverless" : "real-time",
    mode,
    variants: hostings(endpoint).map(({ name, weight, instanceType }) => ({
        name,
        weight,
        cores: endpoint.serverless === undefined ? coreCount(instanceType) : undefined,
        gpus: endpoint.serverless === undefined ? gpuCount(instanceType) : 0,
    })),
    containers: steps.map(({ name }) => name),
    multiModel: multiModelSteps(steps).length > 0,
});

/** Whether the endpoint publishes a metric. */
export function publishes({ kind, multiModel }: WatchedEndpoint, name: MetricName): boolean {
    const metric = METRICS[name];
    return (metric.kinds?.includes(kind) ?? true) && (multiModel || metric.multiModel !== true);
}

/** The variants whose instances have GPUs. */
export const gpuVariants = ({ variants }: WatchedEndpoint): readonly WatchedVariant[] =>
    variants.filter(({ gpus }) => gpus !== 0);
