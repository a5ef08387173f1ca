import { expect } from "chai";
import { transformProblems, type TransformSettings } from "../../plans/transform.ts";
import { planTransformJob } from "../../plans/transform-job.ts";
import type { Step } from "../../plans/step.ts";

const lines: TransformSettings = { contentType: "text/csv", split: "line" };
const step = (other: Partial<Step> = {}): Step => ({ name: "predict", image: { mirror: "image" }, ...other });

describe("transformProblems", () => {
    const cases: readonly [string, TransformSettings, string | undefined][] = [
        ["lines, as many as fit", lines, undefined],
        ["100 MiB in flight", { ...lines, concurrency: 50, maxPayloadMiB: 2 }, undefined],
        [
            "more in flight",
            { ...lines, concurrency: 51, maxPayloadMiB: 2 },
            "concurrency 51 × maxPayloadMiB 2 is 102 MiB",
        ],
        ["17 in flight with the default payload", { ...lines, concurrency: 17 }, "concurrency 17 × maxPayloadMiB 6"],
        [
            "a strategy without records",
            { contentType: "image/png", strategy: "multi-record" },
            "set transform.split to line",
        ],
        [
            "results that become input",
            { ...lines, input: "s3://data/in/", output: "s3://data/in/results/" },
            "results would become input",
        ],
        [
            "input below the results",
            { ...lines, input: "s3://data/out/in/", output: "s3://data/out/" },
            "lie in each other",
        ],
        ["prefixes side by side", { ...lines, input: "s3://data/in/", output: "s3://data/out/" }, undefined],
    ];
    for (const [name, settings, problem] of cases) {
        it(problem === undefined ? `accepts ${name}` : `refuses ${name}`, () => {
            const problems = transformProblems(settings, [step()], "serial");
            if (problem === undefined) expect(problems).to.deep.equal([]);
            else expect(problems.join()).to.contain(problem);
        });
    }

    it("refuses containers that are called one by one, and one that holds many models", () => {
        const steps = [step(), step({ name: "many", multiModel: {} })];
        const problems = transformProblems(lines, steps, "direct").join("\n");
        expect(problems).to.contain("mode direct").and.to.contain('step "many" is multi-model');
    });
});

describe("planTransformJob", () => {
    it("says what the settings say, and SageMaker's defaults for the rest", () => {
        expect(planTransformJob({ ...lines, accept: "text/csv", assemble: "line" }, "model")).to.deep.equal({
            ModelName: "model",
            MaxConcurrentTransforms: 1,
            MaxPayloadInMB: 6,
            BatchStrategy: "MultiRecord",
            ModelClientConfig: { InvocationsTimeoutInSeconds: 600, InvocationsMaxRetries: 3 },
            TransformInput: { ContentType: "text/csv", SplitType: "Line" },
            TransformOutput: { Accept: "text/csv", AssembleWith: "Line" },
            TransformResources: { InstanceType: "ml.m5.large", InstanceCount: 1 },
        });
    });

    it("names no strategy for files that are not split", () => {
        expect(planTransformJob({ contentType: "image/png" }, "model")).not.to.have.property("BatchStrategy");
    });
});
