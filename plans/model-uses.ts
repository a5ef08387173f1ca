import { type EndpointSettings, endpointProblems } from "./endpoint.ts";
import type { ExecutionMode } from "./pipeline.ts";
import { startupProblems } from "./startup.ts";
import type { Step } from "./step.ts";
import { type TransformSettings, transformProblems } from "./transform.ts";

/** The ways in which a model is used: it has one of them at least. */
export interface ModelUses {
    /** A real-time endpoint; its name is fixed over every update. @default - none */
    readonly endpoint?: EndpointSettings & { readonly name: string };
    /** Batch transform. @default - none */
    readonly transform?: TransformSettings;
}

/** Every rule that the ways of using these steps break. */
export function modelUseProblems(
    { endpoint, transform }: ModelUses,
    steps: readonly Step[],
    mode: ExecutionMode = "serial",
): string[] {
    if (endpoint === undefined && transform === undefined) {
        return [
            "endpoint: none, and no transform: nothing would use the model; leave endpoint out, or describe transform",
        ];
    }
    return [
        ...(endpoint === undefined ? [] : [...endpointProblems(endpoint), ...startupProblems(endpoint, steps)]),
        ...(transform === undefined ? [] : transformProblems(transform, steps, mode)),
    ];
}
