import type { Model, PythonModel } from "../../../plans/triton/model.ts";
import type { ModelInput } from "../../../plans/triton/tensor.ts";

/** A model that needs nothing but what every model needs. */
export const PLAIN: PythonModel = {
    name: "model",
    backend: "python",
    maxBatchSize: 4,
    inputs: [{ name: "IN", dataType: "TYPE_FP32", dims: [6] }],
    outputs: [{ name: "OUT", dataType: "TYPE_FP32", dims: [6] }],
    compute: { kind: "cpu" },
};

/** A model, what of it the plan must report, and what Triton does with it where it is tried. */
export interface ModelCase {
    readonly what: string;
    readonly model: Model;
    /** A part of the one problem; undefined: there is none. */
    readonly problem?: string;
    readonly triton: "takes" | "refuses" | "is not asked";
}

const input = (change: Partial<ModelInput>): Partial<PythonModel> => ({
    inputs: PLAIN.inputs.map((one) => ({ ...one, ...change })),
});

const warmup = (change: NonNullable<Model["modelWarmup"]>[number]["inputs"], batchSize = 1): Partial<PythonModel> => ({
    modelWarmup: [{ name: "first", batchSize, ...(change === undefined ? {} : { inputs: change }) }],
});

const good = (what: string, change: Partial<PythonModel>): ModelCase => ({
    what,
    model: { ...PLAIN, ...change },
    triton: "takes",
});

const bad = (what: string, change: Partial<PythonModel>, problem: string): ModelCase => ({
    what,
    model: { ...PLAIN, ...change },
    problem,
    triton: "refuses",
});

/** What Triton takes and then does not heed. */
const stricter = (what: string, change: Partial<PythonModel>, problem: string): ModelCase => ({
    ...bad(what, change, problem),
    triton: "takes",
});

/** What Triton 2.51 refuses, or crashes on, as it happens. */
const crashing = (what: string, change: Partial<PythonModel>, problem: string): ModelCase => ({
    ...bad(what, change, problem),
    triton: "is not asked",
});

/** What needs a GPU, a backend that the Triton of the tests does not have, or a file. */
const unasked = (what: string, model: Model, problem?: string): ModelCase => ({
    what,
    model,
    ...(problem === undefined ? {} : { problem }),
    triton: "is not asked",
});

export const MODEL_CASES: readonly ModelCase[] = [
    good("what every model needs", {}),
    good("an input and an output of one name", { outputs: [{ name: "IN", dataType: "TYPE_FP32", dims: [6] }] }),
    good("every kind of text in names", input({ name: 'a "b"\\\n\té ' })),
    good("the largest batch", { maxBatchSize: 2 ** 31 - 1 }),
    good("preferred sizes", { dynamicBatching: { preferredBatchSize: [1, 4], maxQueueDelayMicroseconds: 0 } }),
    good("a cache", { responseCache: true }),
    good("all versions", { versionPolicy: "all" }),
    good("versions of which one is there", { versionPolicy: { specific: [1, 9] } }),
    good("a reshape", input({ reshape: [2, 3] })),
    good("a reshape to nothing but the batch", input({ dims: [1], reshape: [] })),
    good("a reshape around a dimension of any size", input({ dims: [-1, 6], reshape: [-1, 3, 2] })),
    good("several instances", { compute: { kind: "cpu", count: 2 } }),
    good("a warm-up that says nothing", { modelWarmup: [{ name: "" }] }),
    good("a warm-up with a full batch", warmup({ IN: { data: "random" } }, 4)),
    good("a warm-up of any size", { ...input({ dims: [-1] }), ...warmup({ IN: { data: "zero", dims: [3] } }) }),
    good("a warm-up without an optional input", {
        inputs: [...PLAIN.inputs, { name: "MORE", dataType: "TYPE_FP32", dims: [-1], optional: true }],
        modelWarmup: [{ name: "first" }],
    }),

    bad("a negative batch", { maxBatchSize: -1 }, "maxBatchSize -1; accepted: a whole number from 0 to 2147483647"),
    bad("no dims", input({ dims: [] }), 'input "IN": dims []; accepted: one or more whole numbers from 1'),
    bad("a dimension of nothing", input({ dims: [6, 0] }), 'input "IN": dims [6, 0]; accepted'),
    bad("a dimension below -1", input({ dims: [-2] }), 'input "IN": dims [-2]; accepted'),
    bad("an input without a name", input({ name: "" }), "the name is empty"),
    bad("a reshape of other size", input({ reshape: [5] }), "reshape [5] has other elements than dims [6]"),
    bad("a reshape that moves the size", input({ dims: [6, -1], reshape: [-1, 6] }), "reshape [-1, 6] has other"),
    bad("a reshape to any size", input({ reshape: [-1] }), "reshape [-1] has other elements than dims [6]"),
    bad("a reshape of any size to a size", input({ dims: [-1], reshape: [4] }), "reshape [4] has other elements"),
    bad("a reshape with nothing in it", input({ reshape: [0] }), "reshape [0]; accepted: whole numbers from 1"),
    bad("a reshape to nothing of more", input({ reshape: [] }), "reshape [] has other elements than dims [6]"),
    bad(
        "a reshape to nothing, without a batch",
        { ...input({ dims: [1], reshape: [] }), maxBatchSize: 0 },
        "leaves nothing of a tensor that has no batch dimension",
    ),
    bad(
        "a preferred size above the maximum",
        { dynamicBatching: { preferredBatchSize: [2, 5] } },
        "preferredBatchSize 5; accepted: 1 to maxBatchSize, 4",
    ),
    bad("a preferred size of 0", { dynamicBatching: { preferredBatchSize: [0] } }, "preferredBatchSize 0; accepted: 1"),
    bad(
        "a negative delay",
        { dynamicBatching: { maxQueueDelayMicroseconds: -1 } },
        "maxQueueDelayMicroseconds -1; accepted: a whole number from 0",
    ),
    bad("a cache of any number of answers", { responseCache: true, decoupled: true }, "responseCache keeps one answer"),
    bad("none of the latest versions", { versionPolicy: { latest: 0 } }, "versionPolicy.latest 0; accepted: a whole"),
    bad("no versions", { versionPolicy: { specific: [] } }, "versionPolicy.specific is empty"),
    crashing(
        "a warm-up above the maximum",
        warmup({ IN: { data: "zero" } }, 5),
        'modelWarmup "first": batchSize 5; accepted: a whole number from 1 to 4',
    ),
    crashing(
        "a warm-up of two without a batch",
        { ...warmup(undefined, 2), maxBatchSize: 0 },
        "batchSize 2; accepted: a whole number from 1 to 1",
    ),
    bad(
        "a warm-up without a size",
        { ...input({ dims: [-1] }), modelWarmup: [{ name: "first" }] },
        'input "IN": dims [-1]; a request has sizes',
    ),
    bad(
        "a warm-up in another shape",
        warmup({ IN: { data: "zero", dims: [7] } }),
        'input "IN": dims [7]; accepted: those of the input, [6]',
    ),
    bad("a name that Triton cannot be asked for", { name: "my model" }, 'Triton refuses the name "my model"'),

    stricter("inputs of one name", { inputs: [...PLAIN.inputs, ...PLAIN.inputs] }, 'input "IN" is described twice'),
    stricter("outputs of one name", { outputs: [...PLAIN.outputs, ...PLAIN.outputs] }, "is described twice"),
    stricter(
        "no instances",
        { compute: { kind: "cpu", count: 0 } },
        "compute.count 0; accepted: a whole number from 1",
    ),
    stricter(
        "dynamic batching without batches",
        { maxBatchSize: 0, dynamicBatching: {} },
        "dynamicBatching makes batches, and maxBatchSize 0 allows none",
    ),
    stricter(
        "a warm-up of an input that is not there",
        warmup({ IN: { data: "zero" }, NOWHERE: { data: "zero", dims: [1] } }),
        'there is no input "NOWHERE"; accepted: IN',
    ),
    stricter(
        "a warm-up of size 0",
        { ...input({ dims: [-1] }), ...warmup({ IN: { data: "zero", dims: [0] } }) },
        "a request has sizes",
    ),

    unasked("GPUs by their ids", { ...PLAIN, compute: { kind: "gpu", gpus: [0, 1] } }),
    unasked("no GPUs", { ...PLAIN, compute: { kind: "gpu", gpus: [] } }, "compute.gpus is empty"),
    unasked(
        "a GPU twice",
        { ...PLAIN, compute: { kind: "gpu", gpus: [1, 1] } },
        "compute.gpus [1, 1] names a GPU twice",
    ),
    unasked("a GPU before the first", { ...PLAIN, compute: { kind: "gpu", gpus: [-1] } }, "compute.gpus -1; accepted"),
    unasked("a Python environment", { ...PLAIN, executionEnvironment: "environments/ocr.tar.gz" }),
    unasked(
        "a Python environment elsewhere",
        { ...PLAIN, executionEnvironment: "../env.tar.gz" },
        'executionEnvironment: found "../env.tar.gz"; accepted: a path below the model\'s folder',
    ),
    unasked(
        "a Python environment as a parameter",
        { ...PLAIN, parameters: { EXECUTION_ENV_PATH: "/env" } },
        "the parameter EXECUTION_ENV_PATH is what executionEnvironment sets",
    ),
    unasked(
        "a warm-up file elsewhere",
        { ...PLAIN, modelWarmup: [{ name: "first", inputs: { IN: { data: { file: "/etc/passwd" } } } }] },
        'input "IN": found "/etc/passwd"; accepted: a path below',
    ),
];
