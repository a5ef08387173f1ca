import type { ModelInput, ModelTensor } from "./tensor.ts";
import type { Warmup } from "./warmup.ts";

/** Instances of a model on the processor. */
export interface CpuCompute {
    readonly kind: "cpu";
    /** Instances. @default 1 */
    readonly count?: number;
}

/** Instances of a model on GPUs. */
export interface GpuCompute {
    readonly kind: "gpu";
    /** Instances on each GPU. @default 1 */
    readonly count?: number;
    /** Ids of the GPUs, from 0. @default - all of the instance */
    readonly gpus?: readonly number[];
}

export type Compute = CpuCompute | GpuCompute;

/** What ONNX Runtime hands the model to, with settings of its own. */
export interface Accelerator<Name extends string> {
    readonly name: Name;
    /** @default - none */
    readonly parameters?: Readonly<Record<string, string>>;
}

/** Compute of ONNX Runtime, which has accelerators for either processor. */
export type OnnxCompute =
    | (CpuCompute & { readonly executionAccelerators?: readonly Accelerator<"openvino">[] })
    | (GpuCompute & { readonly executionAccelerators?: readonly Accelerator<"tensorrt">[] });

/** Requests that are waiting run as one batch. */
export interface DynamicBatching {
    /** Sizes that run without waiting for more, each in 1–`maxBatchSize`. @default - the largest that can be made */
    readonly preferredBatchSize?: readonly number[];
    /** Microseconds that a request waits for others. @default 0 */
    readonly maxQueueDelayMicroseconds?: number;
}

/** Versions that are loaded, of those that lie in the model's folder. */
export type VersionPolicy =
    /** This many of the highest. */
    { readonly latest: number } | { readonly specific: readonly number[] } | "all";

interface AnyModel {
    /** Unique in the repository; the name of the model's folder. */
    readonly name: string;
    /** Largest batch; 0: tensors have no batch dimension. */
    readonly maxBatchSize: number;
    readonly inputs: readonly ModelInput[];
    readonly outputs: readonly ModelTensor[];
    /** @default - the highest version alone */
    readonly versionPolicy?: VersionPolicy;
    /** @default - each request runs by itself */
    readonly dynamicBatching?: DynamicBatching;
    /** Requests that run before the model counts as loaded. @default - none */
    readonly modelWarmup?: readonly Warmup[];
    /** Answers are kept for requests that come again; the server needs a cache (`--cache-config`). @default false */
    readonly responseCache?: boolean;
    /** A request may have any number of answers. @default false */
    readonly decoupled?: boolean;
    /** What the model's backend or code reads from its configuration. @default - none */
    readonly parameters?: Readonly<Record<string, string>>;
}

/** A `model.py` with a class `TritonPythonModel`. */
export interface PythonModel extends AnyModel {
    readonly backend: "python";
    readonly compute: Compute;
    /** Packed conda environment that it runs in, below the model's folder, such as `env.tar.gz`. @default - the server's own Python */
    readonly executionEnvironment?: string;
}

export interface OnnxModel extends AnyModel {
    readonly backend: "onnxruntime";
    readonly compute: OnnxCompute;
}

/** TensorRT plans run on the GPU that they were built for, and nowhere else. */
export interface TensorRtModel extends AnyModel {
    readonly backend: "tensorrt";
    readonly compute: GpuCompute;
}

export interface OpenVinoModel extends AnyModel {
    readonly backend: "openvino";
    readonly compute: CpuCompute;
}

export interface OtherModel extends AnyModel {
    readonly backend: "pytorch" | "dali" | "fil";
    readonly compute: Compute;
}

/** A model of the repository. */
export type Model = PythonModel | OnnxModel | TensorRtModel | OpenVinoModel | OtherModel;

export type Backend = Model["backend"];
