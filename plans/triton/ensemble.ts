import type { Model } from "./model.ts";
import type { Tensor } from "./tensor.ts";

/** One run of a model within the ensemble. */
export interface EnsembleStep {
    /** Name of one of the ensemble's models; several steps may run the same. */
    readonly modelName: string;
    /** Input of the model → tensor of the ensemble that feeds it. */
    readonly inputMap: Readonly<Record<string, string>>;
    /** Output of the model → tensor of the ensemble that it makes. Outputs that nobody needs are left out. */
    readonly outputMap: Readonly<Record<string, string>>;
}

/**
 * Models in one Triton server, and how tensors flow through them: the steps' maps name tensors, and a step runs as soon as the tensors
 * that feed it are there, whatever the order of the list.
 * @see https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/user_guide/ensemble_models.html
 */
export interface Ensemble {
    /** Name that requests reach the ensemble by; unique among the models. */
    readonly name: string;
    /** Largest batch of a request; 0: requests have no batch dimension. */
    readonly maxBatchSize: number;
    /** Tensors that a request brings. */
    readonly inputs: readonly Tensor[];
    /** Tensors that an answer carries. */
    readonly outputs: readonly Tensor[];
    readonly steps: readonly EnsembleStep[];
    /**
     * All models run in one process, as one model of Triton's, and tensors pass from one to the next without leaving it. They are Python
     * models that run and batch alike. @default false
     */
    readonly oneProcess?: boolean;
    readonly models: readonly Model[];
}
