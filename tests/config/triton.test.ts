import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { z } from "zod";
import { describeIssue } from "../../config/describe-issue.ts";
import { triton } from "../../config/triton.ts";
import { drawEnsemble } from "../../plans/triton/drawing.ts";
import type { Ensemble } from "../../plans/triton/ensemble.ts";
import { tritonProblems } from "../../plans/triton/problems.ts";
import { PLAIN } from "../support/triton/model-cases.ts";
import { randomEnsemble } from "../support/triton/random-ensemble.ts";

/** What the schema accepts is an ensemble. */
const schema: z.ZodType<Ensemble> = triton;

/** What a user is told of a value. */
function problems(value: unknown): string[] {
    const parsed = schema.safeParse(value, { reportInput: true });
    return parsed.success ? [] : parsed.error.issues.flatMap((issue) => describeIssue(issue, "triton", value));
}

const page = readFileSync("docs/triton-ensemble.md", "utf8");
const block = (language: string): string => new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? "";
const example = (parse(block("yaml")) as { triton: Ensemble }).triton;

/** A model with this in place of what it has. */
const withModel = (change: object) => ({ ...example, models: [{ ...PLAIN, ...change }] });

describe("config/triton.ts", () => {
    it("accepts the ensemble of the docs, which has no problems and is drawn there", () => {
        expect(problems(example)).to.deep.equal([]);
        expect(tritonProblems(schema.parse(example))).to.deep.equal([]);
        expect(block("mermaid")).to.equal(drawEnsemble(example));
    });

    it("accepts all that an ensemble can be made of, as it is", () => {
        for (let seed = 0; seed < 50; seed += 1)
            expect(schema.parse(randomEnsemble(seed))).to.deep.equal(randomEnsemble(seed));
        const full = withModel({
            backend: "onnxruntime",
            compute: { kind: "gpu", gpus: [0], executionAccelerators: [{ name: "tensorrt", parameters: { a: "1" } }] },
            versionPolicy: { latest: 2 },
            dynamicBatching: { preferredBatchSize: [4], maxQueueDelayMicroseconds: 10 },
            modelWarmup: [
                { name: "first", batchSize: 2, count: 1, inputs: { IN: { data: { file: "page" }, dims: [6] } } },
            ],
            responseCache: true,
            decoupled: false,
            parameters: { threshold: "0.5" },
        });
        expect(schema.parse(full)).to.deep.equal(full);
    });

    const refusals: readonly (readonly [string, unknown, string])[] = [
        [
            "GPU ids on a group for the processor",
            withModel({ compute: { kind: "cpu", gpus: [0] } }),
            "triton.models[0].compute.gpus: found a list of 1; accepted: nothing here; GPUs are for kind gpu",
        ],
        [
            "TensorRT on the processor",
            withModel({
                backend: "onnxruntime",
                compute: { kind: "cpu", executionAccelerators: [{ name: "tensorrt" }] },
            }),
            'triton.models[0].compute.executionAccelerators[0].name: found "tensorrt"; accepted: openvino',
        ],
        [
            "accelerators of a backend that has none",
            withModel({ compute: { kind: "gpu", executionAccelerators: [] } }),
            "triton.models[0].compute.executionAccelerators: unknown key; accepted: kind, count, gpus",
        ],
        [
            "a TensorRT plan on the processor",
            withModel({ backend: "tensorrt", compute: { kind: "cpu" } }),
            'triton.models[0].compute.kind: found "cpu", did you mean "gpu"?; accepted: gpu',
        ],
        [
            "instances of the ensemble",
            { ...example, compute: { kind: "gpu" } },
            "triton.compute: unknown key; accepted: name, maxBatchSize, inputs, outputs, steps, models",
        ],
        [
            "a type that Triton does not have",
            withModel({ inputs: [{ name: "IN", dataType: "TYPE_FP31", dims: [1] }] }),
            'triton.models[0].inputs[0].dataType: found "TYPE_FP31", did you mean "TYPE_FP32"?; accepted: TYPE_BOOL',
        ],
        [
            "a backend that is not known",
            withModel({ backend: "pyton" }),
            'triton.models[0].backend: found "pyton", did you mean "python"?; accepted: python, onnxruntime',
        ],
        [
            "a batch that is no number",
            withModel({ maxBatchSize: "4" }),
            'triton.models[0].maxBatchSize: found "4"; accepted: a whole number, 0 for none',
        ],
        [
            "versions of no kind",
            withModel({ versionPolicy: "latest" }),
            'triton.models[0].versionPolicy: found "latest"; accepted: all; or a mapping with one of latest, specific',
        ],
    ];
    for (const [what, value, problem] of refusals) {
        it(`refuses ${what}`, () => {
            const found = problems(value);
            expect(found).to.have.length(1);
            expect(found[0]).to.contain(problem);
        });
    }

    it("can be published as a JSON schema", () => {
        expect(z.toJSONSchema(triton)).to.have.property("type", "object");
    });
});
