import { expect } from "chai";
import { tritonAdvice } from "../../../plans/triton/advice.ts";
import type { Ensemble } from "../../../plans/triton/ensemble.ts";
import { pythonModel } from "../../support/triton/palette.ts";

const tensor = (name: string) => ({ name, dataType: "TYPE_FP32", dims: [1] }) as const;

/** read → LINES → group → THEME, and what else the ensemble answers. */
const ensemble = (outputs: readonly string[], read: Readonly<Record<string, string>>): Ensemble => ({
    name: "scans",
    maxBatchSize: 0,
    inputs: [tensor("PAGE")],
    outputs: outputs.map(tensor),
    steps: [
        { modelName: "read", inputMap: { PAGE: "PAGE" }, outputMap: read },
        { modelName: "group", inputMap: { LINES: "LINES" }, outputMap: { THEME: "THEME" } },
    ],
    models: [],
});

describe("tritonAdvice", () => {
    it("warns of a step that makes nothing but outputs, one of which another step needs", () => {
        const described = ensemble(["LINES", "SCORES", "THEME"], { LINES: "LINES", SCORES: "SCORES" });
        expect(tritonAdvice(described)).to.deep.equal([
            'step 1 "read" makes nothing but outputs of the ensemble, and other steps need "LINES": Triton fails requests that ask for ' +
                'some outputs and for none of "LINES", "SCORES" ("unexpected deadlock"); have a later step hand "LINES" on',
        ]);
    });

    for (const [what, outputs, read] of [
        ["one of its tensors is no output", ["SCORES", "THEME"], { LINES: "LINES", SCORES: "SCORES" }],
        ["no other step needs any", ["SCORES", "THEME"], { SCORES: "SCORES" }],
        ["it makes no output", ["THEME"], { LINES: "LINES" }],
    ] as const) {
        it(`says nothing where ${what}`, () => {
            expect(tritonAdvice(ensemble(outputs, read))).to.deep.equal([]);
        });
    }

    describe("of models that could share a process", () => {
        const FOUR = ["TYPE_FP32", [1]] as const;
        const named = { PAGE: pythonModel("read", [FOUR], [FOUR]), LINES: pythonModel("group", [FOUR], [FOUR]) };
        const models = [named.PAGE, named.LINES];
        const line = { ...ensemble(["THEME"], { LINES: "LINES" }), models };

        it("says so until somebody decides", () => {
            expect(tritonAdvice(line)).to.deep.equal([
                "all 2 models are Python models that run alike, and each has a process, which costs a request some 0.15 ms a step: models of " +
                    "less than a millisecond are better off with oneProcess: true; with oneProcess: false nothing is said of it",
            ]);
            for (const oneProcess of [true, false]) expect(tritonAdvice({ ...line, oneProcess })).to.deep.equal([]);
        });

        it("says nothing of one model, nor of models that need processes of their own", () => {
            expect(tritonAdvice({ ...line, models: [named.PAGE] })).to.deep.equal([]);
            const onGpu = { ...named.LINES, compute: { kind: "gpu" } } as const;
            expect(tritonAdvice({ ...line, models: [named.PAGE, onGpu] })).to.deep.equal([]);
        });
    });
});
