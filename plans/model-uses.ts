import { dataCaptureProblems } from "./data-capture.ts";
import { type EndpointSettings, endpointProblems, hostings } from "./endpoint.ts";
import { callerProblems } from "./iam/caller-policies.ts";
import { isAccelerated } from "./instance-memory.ts";
import { observabilityProblems, type ObservabilitySettings } from "./observability.ts";
import type { ExecutionMode } from "./pipeline.ts";
import { startupProblems } from "./startup.ts";
import { multiModelSteps, type Step } from "./step.ts";
import { type TransformSettings, transformProblems } from "./transform.ts";
import { watchedEndpoint } from "./watched-endpoint.ts";

/** The ways in which a model is used: it has one of them at least. */
export interface ModelUses extends ObservabilitySettings {
    /** A real-time endpoint; its name is fixed over every update. @default - none */
    readonly endpoint?: EndpointSettings & { readonly name: string };
    /** Batch transform. @default - none */
    readonly transform?: TransformSettings;
}

/** Every rule that the ways of using these steps break. */
export function modelUseProblems(
    { endpoint, transform, ...observability }: ModelUses,
    steps: readonly Step[],
    mode: ExecutionMode = "serial",
): string[] {
    if (endpoint === undefined && transform === undefined) {
        return [
            "endpoint: none, and no transform: nothing would use the model; leave endpoint out, or describe transform",
        ];
    }
    return [
        ...(endpoint === undefined
            ? []
            : [
                  ...endpointProblems(endpoint),
                  ...startupProblems(endpoint, steps),
                  ...acceleratorProblems(endpoint, steps),
                  ...callerProblems(endpoint.callers ?? [], steps),
                  ...captureProblems(endpoint, steps, mode, transform),
              ]),
        ...(transform === undefined ? [] : transformProblems(transform, steps, mode)),
        ...observabilityProblems(observability, endpoint && watchedEndpoint(endpoint, steps, mode)),
    ];
}

const captureProblems = (
    endpoint: EndpointSettings & { readonly name: string },
    steps: readonly Step[],
    mode: ExecutionMode,
    transform: TransformSettings | undefined,
): string[] =>
    endpoint.dataCapture === undefined
        ? []
        : dataCaptureProblems(endpoint.dataCapture, watchedEndpoint(endpoint, steps, mode).kind, steps, transform);

/**
 * Variants on which a multi-model step cannot run.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/multi-model-support.html
 */
const acceleratorProblems = (endpoint: EndpointSettings, steps: readonly Step[]): string[] =>
    multiModelSteps(steps).flatMap((step) =>
        hostings(endpoint)
            .filter(({ instanceType }) => isAccelerated(instanceType))
            .map(
                ({ name, instanceType }) =>
                    `variant "${name}": instanceType ${instanceType} has GPUs or accelerators, on which Triton alone holds many ` +
                    `models; step "${step.name}" needs a CPU type, such as ml.m5.large`,
            ),
    );
