import { expect } from "chai";
import type { Ensemble } from "../../../plans/triton/ensemble.ts";
import { gpuCount } from "../../../plans/triton/gpu-instances.ts";
import { imageTagProblems, instanceProblems } from "../../../plans/triton/instance-problems.ts";
import type { Compute } from "../../../plans/triton/model.ts";
import { PLAIN } from "../../support/triton/model-cases.ts";

const ensemble = (...computes: readonly Compute[]): Ensemble => ({
    name: "ensemble",
    maxBatchSize: 0,
    inputs: [],
    outputs: [],
    steps: [],
    models: computes.map((compute, index) => ({ ...PLAIN, name: `model-${index}`, compute })),
});

const onCpu = ensemble({ kind: "cpu" });
const onGpu = ensemble({ kind: "cpu" }, { kind: "gpu" });

describe("instanceProblems", () => {
    const cases: readonly (readonly [string, Ensemble, string, readonly string[]])[] = [
        ["the processor alone, anywhere", onCpu, "ml.m5.large", []],
        ["the processor alone, beside a GPU", onCpu, "ml.g5.xlarge", []],
        ["a GPU where there is one", onGpu, "ml.g5.xlarge", []],
        ["the last of four GPUs", ensemble({ kind: "gpu", gpus: [3] }), "ml.g5.12xlarge", []],
        ["any GPU of a type that is not in the table", ensemble({ kind: "gpu", gpus: [9] }), "ml.g9x.48xlarge", []],
        [
            "a GPU where there is none",
            onGpu,
            "ml.c7i.large",
            [
                'model "model-1": compute.kind gpu on ml.c7i.large, which has no NVIDIA GPU; accepted: an instance type with one, such as ml.g5.xlarge, or kind cpu',
            ],
        ],
        [
            "GPUs beyond the last",
            ensemble({ kind: "gpu", gpus: [0, 1, 4] }),
            "ml.g6.xlarge",
            [1, 4].map((id) => `model "model-0": compute.gpus ${id} on ml.g6.xlarge; accepted: 0 to 0`),
        ],
        ["a GPU on another accelerator", onGpu, "ml.inf2.xlarge", ["no NVIDIA GPU"]],
    ];
    for (const [what, given, type, problems] of cases) {
        it(`${problems.length === 0 ? "accepts" : "refuses"} ${what}`, () => {
            const found = instanceProblems(given, type);
            expect(found).to.have.length(problems.length);
            for (const [index, problem] of problems.entries()) expect(found[index]).to.contain(problem);
        });
    }
});

describe("imageTagProblems", () => {
    const cases: readonly (readonly [string, string, Ensemble, string | undefined])[] = [
        ["25.09-py3", "ml.g5.xlarge", onGpu, undefined],
        ["25.09-py3-cpu", "ml.m5.large", onCpu, undefined],
        ["25.09-py3-cpu", "ml.g5.xlarge", onCpu, undefined],
        [
            "25.09-py3",
            "ml.m5.large",
            onCpu,
            'image tag "25.09-py3" needs a GPU, and ml.m5.large has none; accepted: "25.09-py3-cpu"',
        ],
        [
            "25.09-py3-cpu",
            "ml.g5.xlarge",
            onGpu,
            'image tag "25.09-py3-cpu" knows no GPU, and "model-1" need one; accepted: "25.09-py3"',
        ],
    ];
    for (const [tag, type, given, problem] of cases) {
        it(`${problem === undefined ? "accepts" : "refuses"} ${tag} on ${type}`, () => {
            expect(imageTagProblems(given, tag, type)).to.deep.equal(problem === undefined ? [] : [problem]);
        });
    }
});

describe("gpuCount", () => {
    for (const [type, count] of [
        ["ml.g4dn.12xlarge", 4],
        ["ml.g6e.48xlarge", 8],
        ["ml.p5.4xlarge", 1],
        ["ml.m7i.large", 0],
        ["ml.trn1.2xlarge", 0],
        ["ml.g7.48xlarge", undefined],
    ] as const) {
        it(`of ${type} is ${count ?? "not known"}`, () => {
            expect(gpuCount(type)).to.equal(count);
        });
    }
});
