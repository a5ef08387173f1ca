import { expect } from "chai";
import { ensembleProblems, mixesWithPrebuilt, pipelineProblems, planModel } from "../../plans/pipeline.ts";
import type { Step } from "../../plans/step.ts";

const own = (name: string, more: Partial<Step> = {}): Step => ({
    name,
    image: { build: { folder: `containers/${name}` } },
    ...more,
});
const aws = (repository: string, more: Partial<Step> = {}): Step => ({
    name: repository,
    image: { prebuilt: { name: repository, version: "1" } },
    ...more,
});
const line = (count: number) => Array.from({ length: count }, (_, index) => own(`s${index}`));

describe("pipelineProblems", () => {
    it("takes 2 to 15 steps", () => {
        expect([2, 15].flatMap((count) => pipelineProblems(line(count), "serial"))).to.deep.equal([]);
        expect([0, 1, 16].flatMap((count) => pipelineProblems(line(count), "serial"))).to.deep.equal([
            "a pipeline has 2 to 15 steps, not 0",
            "a pipeline has 2 to 15 steps, not 1",
            "a pipeline has 2 to 15 steps, not 16",
        ]);
    });

    it("knows what AWS's images take and answer", () => {
        expect(pipelineProblems([aws("linear-learner"), aws("sagemaker-xgboost")], "serial")).to.deep.equal([
            'step "linear-learner" answers application/json, which step "sagemaker-xgboost" does not take; it takes text/csv, ' +
                'text/libsvm, application/x-recordio-protobuf. Set responseType of "linear-learner" to one of them',
        ]);
        expect(pipelineProblems([aws("sagemaker-sparkml-serving"), aws("sagemaker-xgboost")], "serial")).to.deep.equal(
            [],
        );
    });

    for (const [what, first] of [
        ["its response type", own("preprocess", { responseType: "application/json" })],
        [
            "its environment",
            own("preprocess", { environment: { SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT: "application/json" } }),
        ],
    ] as const) {
        it(`sees by ${what} that a step before XGBoost answers JSON`, () => {
            expect(pipelineProblems([first, aws("sagemaker-xgboost")], "serial").join()).to.contain(
                'step "preprocess" answers application/json, which step "sagemaker-xgboost" does not take',
            );
        });
    }

    it("believes what a step says of its own image", () => {
        const steps = [own("a", { responseType: "image/png" }), own("b", { contentTypes: ["image/jpeg"] })];
        expect(pipelineProblems(steps, "serial")).to.have.length(1);
        expect(
            pipelineProblems([steps[0] ?? own("a"), own("b", { contentTypes: ["image/png"] })], "serial"),
        ).to.deep.equal([]);
    });

    it("says nothing of what it does not know, of the last step's answer, or of steps that are called one by one", () => {
        expect(pipelineProblems([own("a"), aws("sagemaker-xgboost")], "serial")).to.deep.equal([]);
        expect(pipelineProblems([own("a"), own("b", { responseType: "image/png" })], "serial")).to.deep.equal([]);
        expect(pipelineProblems([aws("linear-learner"), aws("sagemaker-xgboost")], "direct")).to.deep.equal([]);
    });
});

describe("ensembleProblems", () => {
    it("wants an artifact of its own for each model", () => {
        const steps = [
            own("a", { artifact: { path: "models/a" } }),
            own("b", { artifact: { path: "models/a" } }),
            own("c"),
        ];
        expect(ensembleProblems(steps)).to.deep.equal([
            'step "c" has no artifact; each model of an ensemble has its own',
            'artifact "models/a" belongs to several steps; each model of an ensemble has its own',
        ]);
    });
});

describe("mixesWithPrebuilt", () => {
    it("is true only for own images beside AWS's", () => {
        expect(mixesWithPrebuilt([own("a"), aws("sagemaker-xgboost")])).to.equal(true);
        expect(mixesWithPrebuilt([own("a"), own("b")])).to.equal(false);
        expect(mixesWithPrebuilt([aws("linear-learner"), aws("sagemaker-xgboost")])).to.equal(false);
    });
});

describe("planModel", () => {
    it("makes one container the primary one, and several a pipeline with its mode", () => {
        expect(planModel(["a"], "serial")).to.deep.equal({ primaryContainer: "a" });
        expect(planModel(["a", "b"], "serial")).to.deep.equal({
            containers: ["a", "b"],
            inferenceExecutionConfig: { mode: "Serial" },
        });
        expect(planModel(["a", "b"], "direct")).to.have.nested.property("inferenceExecutionConfig.mode", "Direct");
    });
});
