import { asyncProblems } from "./async.ts";
import { dataCaptureProblems } from "./data-capture.ts";
import { type EndpointSettings, endpointProblems, hostings } from "./endpoint.ts";
import { callerProblems } from "./iam/caller-policies.ts";
import { isAccelerated } from "./instance-memory.ts";
import { networkProblems } from "./network/problems.ts";
import type { NetworkSettings } from "./network/settings.ts";
import { observabilityProblems, type ObservabilitySettings } from "./observability.ts";
import type { ExecutionMode } from "./pipeline.ts";
import { scalingProblems } from "./scaling-problems.ts";
import { serverlessProblems } from "./serverless.ts";
import { shadowProblems } from "./shadow.ts";
import { startupProblems } from "./startup.ts";
import { type FoundPackage, packageProblems } from "./registry/found-package.ts";
import { registryProblems } from "./registry/problems.ts";
import type { NamedRegistry } from "./registry/settings.ts";
import { multiModelSteps, type Step } from "./step.ts";
import { type TransformSettings, transformProblems } from "./transform.ts";
import { isTriton } from "./triton/triton-step.ts";
import { holdsManyOnGpu, tritonUseProblems } from "./triton/triton-uses.ts";
import { watchedEndpoint } from "./watched-endpoint.ts";

/** The ways in which a model is used: it has one of them at least. */
export interface ModelUses extends ObservabilitySettings {
    /** A real-time endpoint; its name is fixed over every update. @default - none */
    readonly endpoint?: EndpointSettings & { readonly name: string };
    /** Batch transform. @default - none */
    readonly transform?: TransformSettings;
    /** The model is registered as a version of a group. @default - it is not */
    readonly registry?: NamedRegistry;
    /** The version of a model package that the model is made of. @default - the steps' own containers */
    readonly modelPackage?: FoundPackage;
    /** How its containers reach the network. @default - by SageMaker's own VPC */
    readonly network?: NetworkSettings;
}

/** Every rule that the ways of using these steps break. */
export function modelUseProblems(
    { endpoint, transform, registry, modelPackage, network, ...observability }: ModelUses,
    steps: readonly Step[],
    mode: ExecutionMode = "serial",
): string[] {
    if (endpoint === undefined && transform === undefined && registry === undefined) {
        return [
            "endpoint: none, and no transform: nothing would use the model; leave endpoint out, describe transform, or register it by registry",
        ];
    }
    return [
        ...(endpoint === undefined
            ? []
            : [
                  ...endpointProblems(endpoint),
                  ...serverlessProblems(endpoint, steps),
                  ...asyncProblems(endpoint, steps, mode),
                  ...(endpoint.serverless === undefined ? scalingProblems(endpoint) : []),
                  ...startupProblems(endpoint, steps),
                  ...acceleratorProblems(endpoint, steps),
                  ...tritonUseProblems(endpoint, steps),
                  ...shadowProblems(endpoint, steps),
                  ...callerProblems(endpoint.callers ?? [], steps),
                  ...captureProblems(endpoint, steps, mode, transform),
              ]),
        ...(transform === undefined ? [] : transformProblems(transform, steps, mode)),
        ...(registry === undefined || modelPackage !== undefined ? [] : registryProblems(registry, steps)),
        ...(registry === undefined || modelPackage === undefined ? [] : [BOTH]),
        ...packageProblems(modelPackage, steps),
        ...(network === undefined
            ? []
            : networkProblems(network, { ...(endpoint && { endpoint }), ...(transform && { transform }) }, steps)),
        ...observabilityProblems(observability, endpoint && watchedEndpoint(endpoint, steps, mode)),
    ];
}

const BOTH = "registry and modelPackage: what a stack deploys of a registry it does not register again; leave one out";

const onAccelerators = (step: Step): string =>
    isTriton(step)
        ? `step "${step.name}" cannot hold many models; Triton does on ml.p2.xlarge, ml.p3.2xlarge, and ml.g4dn and ml.g5 with one GPU`
        : `Triton alone holds many models; step "${step.name}" needs a CPU type, such as ml.m5.large`;

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
            .filter(({ instanceType }) => isAccelerated(instanceType) && !holdsManyOnGpu(step, instanceType))
            .map(
                ({ name, instanceType }) =>
                    `variant "${name}": instanceType ${instanceType} has GPUs or accelerators, on which ${onAccelerators(step)}`,
            ),
    );
