import type { Compute, Model, OnnxCompute, VersionPolicy } from "./model.ts";
import { mapField, type Message, prototext } from "./prototext.ts";
import type { ModelInput, Tensor } from "./tensor.ts";
import { completeWarmup, type WarmupInput } from "./warmup.ts";

/** A tensor as config.pbtxt describes it. */
export const tensorMessage = ({ name, dataType, dims }: Tensor): Message => ({ name, data_type: dataType, dims });

const modelTensor = (tensor: ModelInput): Message => ({
    ...tensorMessage(tensor),
    reshape: tensor.reshape === undefined ? undefined : { shape: tensor.reshape },
    optional: tensor.optional === true ? true : undefined,
});

function versionPolicy(policy: VersionPolicy): Message {
    if (policy === "all") return { all: {} };
    return "latest" in policy
        ? { latest: { num_versions: policy.latest } }
        : { specific: { versions: policy.specific } };
}

/** The count is always written: ONNX Runtime would have two instances on the processor without it. */
const instanceGroup = (compute: Compute): Message => ({
    count: compute.count ?? 1,
    kind: compute.kind === "cpu" ? "KIND_CPU" : "KIND_GPU",
    gpus: compute.kind === "gpu" ? compute.gpus : undefined,
});

function optimization({ kind, executionAccelerators = [] }: OnnxCompute): Message | undefined {
    if (executionAccelerators.length === 0) return undefined;
    const accelerators = executionAccelerators.map(({ name, parameters = {} }) => ({
        name,
        parameters: mapField(parameters, (value) => value),
    }));
    return { execution_accelerators: { [`${kind}_execution_accelerator`]: accelerators } };
}

function warmupInput({ dataType }: Tensor, { data, dims }: WarmupInput): Message {
    const content =
        typeof data === "object"
            ? { input_data_file: data.file }
            : data === "zero"
              ? { zero_data: true }
              : { random_data: true };
    return { data_type: dataType, dims, ...content };
}

function warmups({ inputs, modelWarmup = [] }: Model): Message[] {
    return modelWarmup.map((warmup) => {
        const { name, batchSize, count, inputs: contents } = completeWarmup(warmup, inputs);
        const entries = inputs.flatMap((input) => {
            const content = contents[input.name];
            return content === undefined ? [] : [[input.name, warmupInput(input, content)] as const];
        });
        return {
            name,
            batch_size: batchSize,
            inputs: mapField(Object.fromEntries(entries), (value) => value),
            count,
        };
    });
}

/** What the Python backend's parameter for the environment of a model is called. */
export const ENVIRONMENT_PARAMETER = "EXECUTION_ENV_PATH";

/** All parameters of a model: its own, and where its Python environment lies. */
const parameters = (model: Model): Readonly<Record<string, string>> => ({
    ...model.parameters,
    ...(model.backend === "python" && model.executionEnvironment !== undefined
        ? { [ENVIRONMENT_PARAMETER]: `$$TRITON_MODEL_DIRECTORY/${model.executionEnvironment}` }
        : {}),
});

const modelMessage = (model: Model): Message => ({
    name: model.name,
    backend: model.backend,
    max_batch_size: model.maxBatchSize,
    input: model.inputs.map(modelTensor),
    output: model.outputs.map(modelTensor),
    version_policy: model.versionPolicy === undefined ? undefined : versionPolicy(model.versionPolicy),
    instance_group: [instanceGroup(model.compute)],
    dynamic_batching: model.dynamicBatching && {
        preferred_batch_size: model.dynamicBatching.preferredBatchSize,
        max_queue_delay_microseconds: model.dynamicBatching.maxQueueDelayMicroseconds,
    },
    model_warmup: warmups(model),
    response_cache: model.responseCache === true ? { enable: true } : undefined,
    model_transaction_policy: model.decoupled === true ? { decoupled: true } : undefined,
    optimization: model.backend === "onnxruntime" ? optimization(model.compute) : undefined,
    parameters: mapField(parameters(model), (value) => ({ string_value: value })),
});

/** The model's config.pbtxt. */
export const modelConfig = (model: Model): string => prototext(modelMessage(model));

/** What Triton gives a Python model as `model_config`, which is JSON; without what Triton itself adds. */
export const modelDescription = (model: Model): Message => ({
    ...modelMessage(model),
    parameters: Object.fromEntries(
        Object.entries(parameters(model)).map(([key, value]) => [key, { string_value: value }]),
    ),
});
