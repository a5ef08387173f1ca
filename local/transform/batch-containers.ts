import type { HostedEndpoint } from "../graph/hosted-endpoint.ts";
import type { HostedModel } from "../graph/hosted-model.ts";
import type { TransformSpec } from "./transform-spec.ts";

/** Seconds that containers of a transform job may take to start; SageMaker documents no other limit than that of endpoints. */
const STARTUP_SECONDS = 480;

/**
 * A model as a transform job runs it: one line of containers, each told that it works on a batch.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-batch-code.html
 */
export function batchContainers(model: HostedModel, spec: TransformSpec): HostedEndpoint {
    const batch = {
        SAGEMAKER_BATCH: "true",
        SAGEMAKER_MAX_PAYLOAD_IN_MB: String(spec.maxPayloadMiB),
        SAGEMAKER_BATCH_STRATEGY: spec.strategy === "single-record" ? "SINGLE_RECORD" : "MULTI_RECORD",
        SAGEMAKER_MAX_CONCURRENT_TRANSFORMS: String(spec.concurrency),
    };
    const containers = model.containers.map((container) => ({
        ...container,
        environment: { ...batch, ...container.environment },
    }));
    const variant = { ...model, containers, name: "batch", weight: 1, startupTimeoutSeconds: STARTUP_SECONDS };
    return { name: "transform", variants: [variant] };
}
