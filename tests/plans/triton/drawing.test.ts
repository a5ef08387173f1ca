import { expect } from "chai";
import { drawEnsemble } from "../../../plans/triton/drawing.ts";
import type { Ensemble } from "../../../plans/triton/ensemble.ts";
import { PLAIN } from "../../support/triton/model-cases.ts";

const pages = { name: "pages", dataType: "TYPE_UINT8", dims: [-1, -1] } as const;
const text = { name: "text", dataType: "TYPE_STRING", dims: [1] } as const;

const ensemble: Ensemble = {
    name: "scans",
    maxBatchSize: 0,
    inputs: [pages],
    outputs: [text],
    steps: [
        { modelName: "quality", inputMap: { IN: "pages" }, outputMap: { OUT: "clean" } },
        { modelName: "recognition", inputMap: { IN: "clean" }, outputMap: { OUT: "text" } },
    ],
    models: [
        { ...PLAIN, name: "quality", compute: { kind: "cpu", count: 4 } },
        { ...PLAIN, name: "recognition", backend: "onnxruntime", compute: { kind: "gpu", gpus: [0, 1] } },
    ],
};

describe("drawEnsemble", () => {
    it("draws steps with their processors, and tensors between them", () => {
        expect(drawEnsemble(ensemble)).to.equal(
            [
                "flowchart LR",
                "    request([request])",
                '    step1["quality (python, CPU × 4)"]',
                '    step2[["recognition (onnxruntime, GPU 0, 1)"]]',
                "    answer([answer])",
                '    request -->|"pages UINT8 [-1, -1]"| step1',
                '    step2 -->|"text FP32 [6]"| answer',
                '    step1 -->|"clean FP32 [6]"| step2',
                "",
            ].join("\n"),
        );
    });

    it("draws what has problems, so that they can be seen", () => {
        const steps = ensemble.steps.map((step) => ({ ...step, modelName: 'a "b"', inputMap: { IN: "text" } }));
        const drawn = drawEnsemble({ ...ensemble, steps });
        expect(drawn).to.contain('step1["a #34;b#34; (no such model)"]');
        expect(drawn).to.contain('step2 -->|"text"| step1').and.to.contain('step2 -->|"text"| step2');
    });
});
