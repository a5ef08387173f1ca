import type { EndpointSettings } from "./endpoint.ts";
import type { EnvironmentSettings } from "./environment.ts";
import type { NetworkSettings } from "./network/settings.ts";
import type { ObservabilitySettings } from "./observability.ts";
import type { ExecutionMode } from "./pipeline.ts";
import type { ModelPackageSelection } from "./registry/selection.ts";
import type { RegistrySettings } from "./registry/settings.ts";
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
    /** Name of the step that the request is for, where containers are called one by one. @default - none */
    readonly targetContainer?: string;
}

interface CommonSettings extends ObservabilitySettings, EnvironmentSettings {
    /** The endpoint, its variants, and its name; none: the model is used by batch transform, or registered, alone. */
    readonly endpoint?:
        | "none"
        | (EndpointSettings & {
              /** @default - the project's and the stack's name */
              readonly name?: string;
          });
    /** Batch transform of the model. @default - none */
    readonly transform?: TransformSettings;
    /** The model is registered as a version of a model package group. @default - it is not */
    readonly registry?: RegistrySettings;
    /** A version that is registered, which the stack deploys; its steps then name the containers of that. @default - the steps' own containers */
    readonly modelPackage?: ModelPackageSelection;
    /** How containers reach the network. @default - by SageMaker's own VPC */
    readonly network?: NetworkSettings;
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
