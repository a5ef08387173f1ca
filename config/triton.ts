import { z } from "zod";
import { DATA_TYPES } from "../plans/triton/tensor.ts";
import { choice, list, mapping, object, optional, text } from "./fields.ts";

/*
 * What a Triton ensemble is made of. Forms are checked here; whether ranges, names and tensors agree is checked by plans/triton, which
 * names models, steps and tensors in place of keys.
 */

const number = (what: string) => z.int({ error: `a whole number, ${what}` });

const LENGTH = { min: 0, max: 1000 };

const dims = (what: string) =>
    z.array(number("-1 for any size"), { error: "a list of whole numbers, -1 for any size" }).describe(what);

const tensor = {
    name: text("a name").describe("Name of the tensor."),
    dataType: choice(DATA_TYPES).describe("Type of its elements."),
    dims: dims("Shape without the batch dimension; -1 is any size."),
};

const reshape = optional(
    dims("Shape that the model itself has for it."),
    "Shape that the model itself has for it. Default: dims.",
);

const input = object({
    ...tensor,
    reshape,
    optional: optional(z.boolean({ error: "true, false" }), "The model runs without it. Default false."),
});

const output = object({ ...tensor, reshape });

const flag = (what: string) => optional(z.boolean({ error: "true, false" }), `${what} Default false.`);

const count = optional(number("1 or more"), "Instances; on GPUs, on each of them. Default 1.");

/** A key that only GPUs have, for a message that says so. */
const noGpus = z.exactOptional(z.never({ error: "nothing here; GPUs are for kind gpu" }));

const gpus = optional(
    z.array(number("a GPU's id, from 0"), { error: "a list of GPUs' ids, from 0" }),
    "Ids of the GPUs. Default: all of the instance.",
);

const accelerators = <const Name extends string>(name: Name) =>
    optional(
        list(
            object({
                name: choice([name]).describe("Name of the accelerator."),
                parameters: optional(mapping("the accelerator's settings"), "Settings of the accelerator."),
            }),
            { min: 1, max: 1 },
            "accelerators",
        ),
        "What ONNX Runtime hands the model to.",
    );

/** A choice of forms by their key `kind`. */
const byKind = <const Forms extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]]>(
    forms: Forms,
    kinds: string,
) => z.discriminatedUnion("kind", forms, { error: kinds }).describe("Processor that the model runs on.");

const cpu = { kind: z.literal("cpu"), count, gpus: noGpus };
const gpu = { kind: z.literal("gpu"), count, gpus };

const compute = byKind([object(cpu), object(gpu)], "cpu, gpu");
const onnxCompute = byKind(
    [
        object({ ...cpu, executionAccelerators: accelerators("openvino") }),
        object({ ...gpu, executionAccelerators: accelerators("tensorrt") }),
    ],
    "cpu, gpu",
);

const dynamicBatching = object({
    preferredBatchSize: optional(
        z.array(number("1 to maxBatchSize"), { error: "a list of whole numbers, 1 to maxBatchSize" }),
        "Sizes that run without waiting for more.",
    ),
    maxQueueDelayMicroseconds: optional(number("0 or more"), "How long a request waits for others. Default 0."),
});

const warmupInput = object({
    data: z
        .union([choice(["zero", "random"]), object({ file: text("a file in the model's folder warmup") })], {
            error: "zero, random; or a mapping of file",
        })
        .describe("zero, random, or a file in the model's folder warmup."),
    dims: optional(dims("Shape."), "Shape without the batch dimension. Default: the input's own."),
});

const warmup = object({
    name: text("a name").describe("Name of the request."),
    batchSize: optional(number("1 to maxBatchSize"), "Default 1."),
    count: optional(number("1 or more"), "How often it runs. Default 1."),
    inputs: optional(
        z.record(z.string(), warmupInput, { error: "a mapping of the model's inputs" }),
        "What the inputs have. Default: zeros.",
    ),
});

const versionPolicy = z.union(
    [
        z.literal("all"),
        object({ latest: number("1 or more").describe("How many of the highest.") }),
        object({
            specific: z.array(number("a version"), { error: "a list of versions" }).describe("Versions by number."),
        }),
    ],
    { error: "all; or a mapping with one of latest, specific" },
);

const anyModel = {
    name: text("a name of letters, digits, . _ ~ and -").describe("Unique; the name of the model's folder."),
    maxBatchSize: number("0 for none").describe("Largest batch; 0: tensors have no batch dimension."),
    inputs: list(input, LENGTH, "inputs").describe("What the model takes."),
    outputs: list(output, LENGTH, "outputs").describe("What the model makes."),
    versionPolicy: optional(versionPolicy, "Versions that are loaded. Default: the highest."),
    dynamicBatching: optional(dynamicBatching, "Requests that wait run as one batch. Default: each runs by itself."),
    modelWarmup: optional(list(warmup, LENGTH, "requests"), "Requests that run before the model counts as loaded."),
    responseCache: flag("Answers are kept for requests that come again."),
    decoupled: flag("A request may have any number of answers."),
    parameters: optional(mapping("the model's own parameters"), "What its backend or code reads."),
};

/** A model, by its backend. */
const model = z
    .discriminatedUnion(
        "backend",
        [
            object({
                ...anyModel,
                backend: z.literal("python"),
                compute,
                executionEnvironment: optional(
                    text("a file below the model's folder, such as env.tar.gz"),
                    "Packed conda environment. Default: the server's Python.",
                ),
            }),
            object({ ...anyModel, backend: z.literal("onnxruntime"), compute: onnxCompute }),
            object({ ...anyModel, backend: z.literal("tensorrt"), compute: byKind([object(gpu)], "gpu") }),
            object({ ...anyModel, backend: z.literal("openvino"), compute: byKind([object(cpu)], "cpu") }),
            object({ ...anyModel, backend: z.enum(["pytorch", "dali", "fil"]), compute }),
        ],
        { error: "python, onnxruntime, tensorrt, openvino, pytorch, dali, fil" },
    )
    .describe("A model and where it runs.");

const tensors = (what: string) =>
    z.record(z.string(), text("the name of a tensor of the ensemble"), { error: `a mapping of ${what}` });

const step = object({
    modelName: text("the name of one of the models").describe("Model that the step runs."),
    inputMap: tensors("the model's inputs to tensors").describe("Input of the model → tensor that feeds it."),
    outputMap: tensors("the model's outputs to tensors").describe("Output of the model → tensor that it makes."),
});

/** Models in one Triton server, and how tensors flow through them. */
export const triton = object({
    name: text("a name of letters, digits, . _ ~ and -").describe("Name that requests reach the ensemble by."),
    maxBatchSize: number("0 for none").describe("Largest batch of a request; 0: no batch dimension."),
    inputs: list(object(tensor), LENGTH, "inputs").describe("Tensors that a request brings."),
    outputs: list(object(tensor), LENGTH, "outputs").describe("Tensors that an answer carries."),
    steps: list(step, LENGTH, "steps").describe("Runs of models, in any order."),
    models: list(model, LENGTH, "models").describe("The models."),
    oneProcess: flag(
        "All models run in one process, as one model of Triton's: they are Python models that run and batch alike.",
    ),
});
