import { expect } from "chai";
import type { Ensemble } from "../../../plans/triton/ensemble.ts";
import { tritonProblems } from "../../../plans/triton/problems.ts";
import { pythonModel } from "../../support/triton/palette.ts";

const dims = [-1] as const;
const x = { name: "x", dataType: "TYPE_FP32", dims } as const;
const y = { name: "y", dataType: "TYPE_FP32", dims } as const;
const one = pythonModel("one", [["TYPE_FP32", dims]], [["TYPE_FP32", dims]]);
const two = pythonModel(
    "two",
    [
        ["TYPE_FP32", [-1]],
        ["TYPE_FP32", [-1]],
    ],
    [["TYPE_FP32", dims]],
);
const stream = pythonModel("stream", [["TYPE_FP32", dims]], [["TYPE_FP32", dims]], { decoupled: true });

const step = (modelName: string, from: readonly string[], to: readonly string[]) => ({
    modelName,
    inputMap: Object.fromEntries(from.map((tensor, index) => [`IN${index}`, tensor])),
    outputMap: Object.fromEntries(to.map((tensor, index) => [`OUT${index}`, tensor])),
});

const line: Ensemble = {
    name: "line",
    maxBatchSize: 0,
    inputs: [x],
    outputs: [y],
    steps: [step("one", ["x"], ["m"]), step("one", ["m"], ["y"])],
    models: [one],
};

const CASES: readonly (readonly [string, Partial<Ensemble>, readonly string[]])[] = [
    ["two steps of one model", {}, []],
    ["steps in any order", { steps: [...line.steps].reverse() }, []],
    ["an input that is an output as well", { outputs: [y, x] }, []],
    ["a model without batches that takes the batch as its first dimension", { maxBatchSize: 4 }, []],
    [
        "decoupled steps in line",
        { models: [one, stream], steps: [step("stream", ["x"], ["m"]), step("one", ["m"], ["y"])] },
        [],
    ],
    [
        "a circle",
        {
            models: [one, two],
            steps: [step("two", ["x", "b"], ["a"]), step("one", ["a"], ["b"]), step("one", ["b"], ["y"])],
        },
        [
            'steps wait for each other: step 1 "two" → "a" → step 2 "one" → "b" → step 1 "two"; accepted: steps that feed none before them',
        ],
    ],
    [
        "a step that feeds itself",
        { models: [two], steps: [step("two", ["x", "y"], ["y"])] },
        ['steps wait for each other: step 1 "two" → "y" → step 1 "two"; accepted: steps that feed none before them'],
    ],
    [
        "a tensor that nobody makes",
        { steps: [step("one", ["x"], ["m"]), step("one", ["typo"], ["y"])] },
        [
            'tensor "m": step 1 "one" output "OUT0" makes it, and nobody uses it; leave it out of outputMap, or make it an output of the ensemble',
            'tensor "typo": step 2 "one" input "IN0" needs it, and nobody makes it; accepted: an input of the ensemble, or what a step\'s outputMap names',
        ],
    ],
    [
        "a tensor that two make",
        { steps: [...line.steps, step("one", ["x"], ["m"])] },
        [
            'tensor "m": it is made twice, by step 1 "one" output "OUT0" and step 3 "one" output "OUT0"; accepted: one maker',
        ],
    ],
    [
        "a tensor that the request and a step bring",
        { inputs: [x, { ...x, name: "m" }] },
        [
            'tensor "m": it is made twice, by input "m" of the ensemble and step 1 "one" output "OUT0"; accepted: one maker',
        ],
    ],
    [
        "a type that differs",
        { inputs: [{ ...x, dataType: "TYPE_UINT8" }] },
        [
            'tensor "x": step 1 "one" input "IN0" has type TYPE_FP32, and input "x" of the ensemble TYPE_UINT8; accepted: the same type',
        ],
    ],
    [
        "a shape that differs",
        { maxBatchSize: 2, inputs: [{ ...x, dims: [3, 4] }] },
        [
            'tensor "x": step 1 "one" input "IN0" has shape [-1], and input "x" of the ensemble [-1, 3, 4], batch first where there is one; ' +
                "accepted: the same shape, -1 for any size",
        ],
    ],
    [
        "a model that is not there",
        { steps: [step("one", ["x"], ["m"]), step("won", ["m"], ["y"])] },
        ['step 2 "won": there is no model "won"; accepted: one'],
    ],
    [
        "maps that do not suit the model",
        { models: [one, two], steps: [step("one", ["x", "x"], ["m", "n"]), step("two", ["m"], ["y"])] },
        [
            'step 1 "one": inputMap names "IN1", which is no input of "one"; accepted: IN0',
            'step 1 "one": outputMap names "OUT1", which is no output of "one"; accepted: OUT0',
            'step 2 "two": nothing feeds input "IN1" of "two"; name it in inputMap',
            'tensor "n": step 1 "one" output "OUT1" makes it, and nobody uses it; leave it out of outputMap, or make it an output of the ensemble',
        ],
    ],
    [
        "a batch above a model's",
        { maxBatchSize: 8, models: [{ ...one, maxBatchSize: 4 }] },
        [1, 2].map(
            (index) =>
                `step ${index} "one": maxBatchSize 4 of "one" is below the ensemble's 8; accepted: 0, or 8 and more`,
        ),
    ],
    [
        "answers of a decoupled step beside the request",
        { models: [stream, two], steps: [step("stream", ["x"], ["m"]), step("two", ["m", "x"], ["y"])] },
        [
            'step 2 "two": tensors that do not come together: "m" from step 1 "stream", "x" from the request; accepted: all from one decoupled step, or none',
        ],
    ],
    [
        "names that two have",
        { name: "one", models: [one, one] },
        ['the name "one" is used twice; models and the ensemble have names of their own'],
    ],
    [
        "a model that no step runs",
        { models: [one, two] },
        ['model "two": no step runs it, so Triton would not load it; leave it out'],
    ],
    [
        "a tensor without a name",
        { steps: [step("one", ["x"], [""]), step("one", [""], ["y"])] },
        [
            'tensor "": step 1 "one" output "OUT0" and step 2 "one" input "IN0": the tensor\'s name is empty; accepted: any text',
        ],
    ],
];

describe("tritonProblems", () => {
    for (const [what, change, problems] of CASES) {
        it(`${problems.length === 0 ? "accepts" : "refuses"} ${what}`, () => {
            expect(tritonProblems({ ...line, ...change })).to.deep.equal(problems);
        });
    }

    it("says everything at once, of models, steps and tensors", () => {
        const problems = tritonProblems({
            ...line,
            name: "my line",
            outputs: [],
            models: [{ ...one, dynamicBatching: {} }],
            steps: [step("one", ["x"], ["m"]), step("none", ["n"], ["y"])],
        });
        expect(problems).to.have.length(7);
    });
});
