import { expect } from "chai";
import fc from "fast-check";
import type { Ensemble } from "../../plans/triton/ensemble.ts";
import { modelConfig } from "../../plans/triton/model-config.ts";
import type { Model } from "../../plans/triton/model.ts";
import { ensembleConfig } from "../../plans/triton/repository.ts";
import { randomEnsemble } from "../support/triton/random-ensemble.ts";
import { readConfigs as read } from "./read-configs.ts";

const tensors = (list: Ensemble["inputs"]) =>
    list.map(({ name, dataType, dims }) => ({ name, data_type: dataType, dims: dims.map(String) }));

const batch = (maxBatchSize: number) => (maxBatchSize === 0 ? {} : { max_batch_size: maxBatchSize });

/** What an ensemble's configuration has to say. */
const meaning = ({ name, maxBatchSize, inputs, outputs, steps }: Ensemble) => ({
    name,
    platform: "ensemble",
    ...batch(maxBatchSize),
    input: tensors(inputs),
    output: tensors(outputs),
    ensemble_scheduling: {
        step: steps.map(({ modelName, inputMap, outputMap }) => ({
            model_name: modelName,
            model_version: "-1",
            input_map: inputMap,
            output_map: outputMap,
        })),
    },
});

const base = {
    name: "model",
    maxBatchSize: 8,
    inputs: [{ name: "IN", dataType: "TYPE_FP32", dims: [-1, 4] }],
    outputs: [{ name: "OUT", dataType: "TYPE_STRING", dims: [1] }],
} as const;

const baseMeaning = {
    name: "model",
    max_batch_size: 8,
    input: [{ name: "IN", data_type: "TYPE_FP32", dims: ["-1", "4"] }],
    output: [{ name: "OUT", data_type: "TYPE_STRING", dims: ["1"] }],
};

const cpu = { instance_group: [{ count: 1, kind: "KIND_CPU" }] };

const python: Model = { ...base, backend: "python", compute: { kind: "cpu" } };

/** A model, and what its configuration says beyond name, batch and tensors. */
const MODELS: readonly (readonly [string, Model, object])[] = [
    ["a model that says just what is needed", python, { backend: "python", ...cpu }],
    [
        "instances on some GPUs, with TensorRT",
        {
            ...base,
            backend: "onnxruntime",
            compute: {
                kind: "gpu",
                count: 2,
                gpus: [0, 3],
                executionAccelerators: [
                    {
                        name: "tensorrt",
                        parameters: { precision_mode: "FP16", max_workspace_size_bytes: "1073741824" },
                    },
                ],
            },
        },
        {
            backend: "onnxruntime",
            instance_group: [{ count: 2, kind: "KIND_GPU", gpus: [0, 3] }],
            optimization: {
                execution_accelerators: {
                    gpu_execution_accelerator: [
                        {
                            name: "tensorrt",
                            parameters: { precision_mode: "FP16", max_workspace_size_bytes: "1073741824" },
                        },
                    ],
                },
            },
        },
    ],
    [
        "ONNX Runtime on the processor, with OpenVINO and with the one instance that it has by default here",
        {
            ...base,
            backend: "onnxruntime",
            compute: { kind: "cpu", executionAccelerators: [{ name: "openvino" }] },
        },
        {
            backend: "onnxruntime",
            ...cpu,
            optimization: { execution_accelerators: { cpu_execution_accelerator: [{ name: "openvino" }] } },
        },
    ],
    [
        "every GPU",
        { ...base, backend: "tensorrt", compute: { kind: "gpu" } },
        { backend: "tensorrt", instance_group: [{ count: 1, kind: "KIND_GPU" }] },
    ],
    [
        "batches",
        { ...python, dynamicBatching: { preferredBatchSize: [4, 8], maxQueueDelayMicroseconds: 5_000_000_000 } },
        {
            backend: "python",
            ...cpu,
            dynamic_batching: { preferred_batch_size: [4, 8], max_queue_delay_microseconds: "5000000000" },
        },
    ],
    [
        "batches with Triton's defaults",
        { ...python, dynamicBatching: {} },
        { backend: "python", ...cpu, dynamic_batching: {} },
    ],
    [
        "versions by number",
        { ...python, versionPolicy: { specific: [1, 3] } },
        { backend: "python", ...cpu, version_policy: { specific: { versions: ["1", "3"] } } },
    ],
    [
        "the latest versions",
        { ...python, versionPolicy: { latest: 2 } },
        { backend: "python", ...cpu, version_policy: { latest: { num_versions: 2 } } },
    ],
    ["all versions", { ...python, versionPolicy: "all" }, { backend: "python", ...cpu, version_policy: { all: {} } }],
    [
        "a cache",
        { ...python, responseCache: true, decoupled: false },
        { backend: "python", ...cpu, response_cache: { enable: true } },
    ],
    [
        "answers of any number",
        { ...python, decoupled: true, responseCache: false },
        { backend: "python", ...cpu, model_transaction_policy: { decoupled: true } },
    ],
    [
        "a Python environment beside parameters",
        { ...python, executionEnvironment: "env.tar.gz", parameters: { threshold: "0.5" } },
        {
            backend: "python",
            ...cpu,
            parameters: {
                threshold: { string_value: "0.5" },
                EXECUTION_ENV_PATH: { string_value: "$$TRITON_MODEL_DIRECTORY/env.tar.gz" },
            },
        },
    ],
    [
        "a request to warm up with",
        {
            ...python,
            modelWarmup: [
                { name: "full", batchSize: 8, count: 3, inputs: { IN: { data: "random", dims: [2, 4] } } },
                { name: "real", inputs: { IN: { data: { file: "page" }, dims: [9, 4] } } },
            ],
        },
        {
            backend: "python",
            ...cpu,
            model_warmup: [
                {
                    name: "full",
                    batch_size: 8,
                    count: 3,
                    inputs: { IN: { data_type: "TYPE_FP32", dims: ["2", "4"], random_data: true } },
                },
                {
                    name: "real",
                    batch_size: 1,
                    count: 1,
                    inputs: { IN: { data_type: "TYPE_FP32", dims: ["9", "4"], input_data_file: "page" } },
                },
            ],
        },
    ],
];

describe("config.pbtxt", function () {
    this.timeout(30_000);

    it("says of random ensembles what the plan says", () => {
        const ensembles = fc.sample(fc.nat(2 ** 31 - 1), 200).map((seed) => randomEnsemble(seed));
        expect(read(ensembles.map(ensembleConfig))).to.deep.equal(ensembles.map(meaning));
    });

    it("says of models what the plan says", () => {
        const found = read(MODELS.map(([, model]) => modelConfig(model))) as object[];
        const named = Object.fromEntries(MODELS.map(([name], index) => [name, found[index]]));
        expect(named).to.deep.equal(
            Object.fromEntries(MODELS.map(([name, , rest]) => [name, { ...baseMeaning, ...rest }])),
        );
    });

    it("says of tensors what shape the model has for them, and which it can do without", () => {
        const inputs = [
            { name: "A", dataType: "TYPE_BF16", dims: [1], reshape: [] },
            { name: "B", dataType: "TYPE_BOOL", dims: [6], reshape: [2, 3], optional: true },
        ] as const;
        expect(read([modelConfig({ ...python, inputs })])).to.have.deep.nested.property("[0].input", [
            { name: "A", data_type: "TYPE_BF16", dims: ["1"], reshape: {} },
            { name: "B", data_type: "TYPE_BOOL", dims: ["6"], reshape: { shape: ["2", "3"] }, optional: true },
        ]);
    });

    it("keeps every text as it is", () => {
        const texts = fc.array(fc.string({ unit: "binary", minLength: 1 }), { maxLength: 5 });
        const parameters = fc
            .sample(texts, 200)
            .map((values) => Object.fromEntries(values.map((value, index) => [`${value} ${index}`, value])));
        const found = read(parameters.map((given) => modelConfig({ ...python, parameters: given }))) as {
            readonly parameters?: Readonly<Record<string, { readonly string_value: string }>>;
        }[];
        const values = found.map((config) =>
            Object.fromEntries(
                Object.entries(config.parameters ?? {}).map(([key, value]) => [key, value.string_value]),
            ),
        );
        expect(values).to.deep.equal(parameters);
    });

    it("is the same, whatever the order of keys in a stack file", () => {
        const [forward, back] = [
            { a: "1", b: "2" },
            { b: "2", a: "1" },
        ].map((parameters) => modelConfig({ ...python, parameters }));
        expect(forward).to.equal(back);
    });
});
