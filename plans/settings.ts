import type { EndpointSettings } from "./endpoint.ts";
import type { EnvironmentSettings } from "./environment.ts";
import type { ObservabilitySettings } from "./observability.ts";
import type { ExecutionMode } from "./pipeline.ts";
import type { Step } from "./step.ts";
import type { TransformSettings } from "./transform.ts";

/** A request that the endpoint can answer. */
export interface Sample {
    /** File whose content is sent, relative to the project's root. */
    readonly body: string;
    /** Media type of the content. */
    readonly contentType: string;
    /** Media type wanted. @default "application/json" */
    readonly accept?: string;
    /** File with the answer, or with the part of a JSON answer, that a smoke test expects. @default - any answer will do */
    readonly expect?: string;
    /** Milliseconds that nine of ten answers take at most, where a smoke test runs. @default - any time will do */
    readonly maxLatencyMs?: number;
    /** The model that the request names, where a step holds many: its key below the prefix. @default - none */
    readonly targetModel?: string;
}

interface CommonSettings extends ObservabilitySettings, EnvironmentSettings {
    /** The endpoint, its variants, and its name; none: the model is used by batch transform alone. */
    readonly endpoint?:
        | "none"
        | (EndpointSettings & {
              /** @default - the project's and the stack's name */
              readonly name?: string;
          });
    /** Batch transform of the model. @default - none */
    readonly transform?: TransformSettings;
    /** @default - none: nothing to send with --once */
    readonly sample?: Sample;
}

/** One container. */
export interface InferenceContainerSettings extends CommonSettings {
    readonly pattern: "inference-container";
    readonly steps: readonly [Step];
}

/** Containers in line. */
export interface InferencePipelineSettings extends CommonSettings {
    readonly pattern: "inference-pipeline";
    readonly steps: readonly Step[];
    /** @default "serial" */
    readonly mode?: ExecutionMode;
}

/** Models in line. */
export interface ModelEnsembleSettings extends CommonSettings {
    readonly pattern: "model-ensemble";
    readonly steps: readonly Step[];
}

/** Containers in line, one of which holds many models. */
export interface MultiModelPipelineSettings extends CommonSettings {
    readonly pattern: "multi-model-pipeline";
    readonly steps: readonly Step[];
}

/** One container, in which Triton runs an ensemble of models. */
export interface TritonEnsembleSettings extends CommonSettings {
    readonly pattern: "triton-ensemble";
    readonly steps: readonly [Step];
}

/** What a stack's config describes, told apart by `pattern`. */
export type Settings =
    | InferenceContainerSettings
    | InferencePipelineSettings
    | ModelEnsembleSettings
    | MultiModelPipelineSettings
    | TritonEnsembleSettings;
