import { LIMITS } from "./limits.ts";
import { mediaTypeProblems } from "./media-types.ts";
import { repeated } from "./repeated.ts";
import { multiModelSteps, type Step } from "./step.ts";

/** `serial`: a request passes through all containers in order. `direct`: it names the one that answers it. */
export type ExecutionMode = "serial" | "direct";

/** Every rule that the steps break as one pipeline, beside what each breaks on its own. */
export function pipelineProblems(steps: readonly Step[], mode: ExecutionMode): string[] {
    const { min, max } = LIMITS.pipelineContainers;
    const count =
        steps.length >= min && steps.length <= max
            ? []
            : [`a pipeline has ${min} to ${max} steps, not ${steps.length}`];
    return [...count, ...(mode === "serial" ? mediaTypeProblems(steps) : [])];
}

/** Every rule that the steps break as a line of models: each is upgraded by itself, so each has model data of its own. */
export function ensembleProblems(steps: readonly Step[]): string[] {
    const without = steps
        .filter(({ image, artifact }) => artifact === undefined && !("modelPackage" in image || "packaged" in image))
        .map(({ name }) => `step "${name}" has no artifact; each model of an ensemble has its own`);
    const paths = steps.flatMap(({ artifact }) => (artifact !== undefined && "path" in artifact ? artifact.path : []));
    const shared = repeated(paths).map(
        (path) => `artifact "${path}" belongs to several steps; each model of an ensemble has its own`,
    );
    return [...without, ...shared];
}

/** Every rule that the steps break as a line in which one container holds many models. */
export function multiModelPipelineProblems(steps: readonly Step[]): string[] {
    return multiModelSteps(steps).length === 0
        ? ["no step is multi-model; one step of this pattern sets multiModel, in any position"]
        : []; // more than one is a problem of the steps themselves
}

/**
 * Whether SageMaker must be let into a repository of ours: it pulls for itself where a pipeline mixes own images with AWS's.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/inference-pipeline-real-time.html
 */
export const mixesWithPrebuilt = (steps: readonly Step[]): boolean =>
    steps.some(({ image }) => "prebuilt" in image) && steps.some(({ image }) => "build" in image || "mirror" in image);

/** What CreateModel takes: a single container is the primary one, several are a pipeline. */
export function planModel<Container>(containers: readonly Container[], mode: ExecutionMode) {
    const [first, ...others] = containers;
    if (first !== undefined && others.length === 0) return { primaryContainer: first };
    return { containers: [...containers], inferenceExecutionConfig: { mode: mode === "direct" ? "Direct" : "Serial" } };
}
