import { expect } from "chai";
import type { Ensemble } from "../../../plans/triton/ensemble.ts";
import { tritonProblems } from "../../../plans/triton/problems.ts";
import { repositoryFiles } from "../../../plans/triton/repository.ts";
import { pythonModel } from "../../support/triton/palette.ts";

const tensor = (name: string) => ({ name, dataType: "TYPE_FP32", dims: [4] }) as const;
const model = (name: string, other: Parameters<typeof pythonModel>[3] = {}) =>
    pythonModel(name, [["TYPE_FP32", [4]]], [["TYPE_FP32", [4]]], { maxBatchSize: 8, ...other });
const step = (modelName: string, from: string, to: string) => ({
    modelName,
    inputMap: { IN0: from },
    outputMap: { OUT0: to },
});

const line: Ensemble = {
    name: "line",
    maxBatchSize: 8,
    inputs: [tensor("x")],
    outputs: [tensor("y")],
    steps: [step("two", "m", "y"), step("one", "x", "m")],
    models: [model("one", { parameters: { weight: "3" } }), model("two")],
    oneProcess: true,
};

const CASES: readonly (readonly [string, Partial<Ensemble>, readonly string[]])[] = [
    ["Python models that run and batch alike", {}, []],
    [
        "a model of another backend",
        { models: [model("one"), { ...model("two"), backend: "onnxruntime" }] },
        ['ensemble "line" with oneProcess: model "two": backend onnxruntime; accepted: python'],
    ],
    [
        "models on different processors that batch differently",
        { models: [model("one", { dynamicBatching: {} }), model("two", { compute: { kind: "gpu" } })] },
        [
            'ensemble "line" with oneProcess: the models have compute of their own; accepted: the same in all, since they run as one',
            'ensemble "line" with oneProcess: the models have dynamicBatching of their own; accepted: the same in all, since they run as one',
        ],
    ],
    [
        "what Triton alone could do with a model",
        {
            models: [
                model("one", { versionPolicy: "all", modelWarmup: [{ name: "first" }], responseCache: true }),
                model("two", { executionEnvironment: "env.tar.gz", decoupled: false }),
            ],
        },
        [
            ...["versionPolicy", "modelWarmup", "responseCache"].map(
                (key) =>
                    `ensemble "line" with oneProcess: model "one": ${key}; accepted: nothing, since Triton sees the ensemble as one model`,
            ),
            'ensemble "line" with oneProcess: model "two": executionEnvironment; accepted: nothing, since Triton sees the ensemble as one model',
        ],
    ],
    [
        "a reshape",
        { models: [model("one"), model("two", { inputs: [{ ...tensor("IN0"), reshape: [2, 2] }] })] },
        ['ensemble "line" with oneProcess: model "two": tensor "IN0" has a reshape; accepted: none'],
    ],
    [
        "larger batches than the ensemble's",
        {
            maxBatchSize: 2,
            models: ["one", "two"].map((name) => model(name, { dynamicBatching: { preferredBatchSize: [4] } })),
        },
        ['ensemble "line": preferredBatchSize 4; accepted: 1 to maxBatchSize, 2'],
    ],
];

describe("an ensemble in one process", () => {
    for (const [what, change, problems] of CASES) {
        it(`${problems.length === 0 ? "takes" : "refuses"} ${what}`, () => {
            expect(tritonProblems({ ...line, ...change })).to.deep.equal(problems);
        });
    }

    it("takes all that where it is not asked for", () => {
        const models = [model("one", { dynamicBatching: {} }), model("two", { versionPolicy: "all" })];
        expect(tritonProblems({ ...line, models, oneProcess: false })).to.deep.equal([]);
    });

    it("is a Python model beside its models, with its steps in order", () => {
        const files = repositoryFiles(line);
        expect(Object.keys(files)).to.deep.equal([
            "one/config.pbtxt",
            "two/config.pbtxt",
            "line/config.pbtxt",
            "line/1/model.py",
            "line/1/one_process_triton.py",
            "line/1/steps.json",
        ]);
        expect(files["line/config.pbtxt"])
            .to.match(/^name: "line"\nbackend: "python"\nmax_batch_size: 8\n/)
            .and.not.contain("ensemble");
        const described = JSON.parse(files["line/1/steps.json"] ?? "") as {
            models: readonly object[];
            steps: readonly object[];
            outputs: readonly string[];
        };
        expect(described.models[0]).to.include({ name: "one", max_batch_size: 8 });
        expect(described.models[0]).to.have.deep.property("parameters", { weight: { string_value: "3" } });
        expect(described.steps).to.deep.equal([
            { model: "one", inputs: { IN0: "x" }, outputs: { OUT0: "m" } },
            { model: "two", inputs: { IN0: "m" }, outputs: { OUT0: "y" } },
        ]);
        expect(described.outputs).to.deep.equal(["y"]);
    });
});
