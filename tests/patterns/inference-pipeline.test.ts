import { expect } from "chai";
import { InferencePipeline } from "../../patterns/inference-pipeline.ts";
import { ModelEnsemble } from "../../patterns/model-ensemble.ts";
import type { Step } from "../../plans/step.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";
import type { RecordedResource } from "../../local/graph/recorded-resource.ts";
import { only, record } from "../support/record.ts";

const own = (name: string): Step => ({
    name,
    image: { build: { folder: `containers/${name}` } },
    artifact: { path: `models/${name}` },
});
const xgboost: Step = {
    name: "predict",
    image: { prebuilt: { name: "sagemaker-xgboost", version: "1.7-1" } },
    artifact: { path: "models/predict" },
};
const endpoint = { name: "app-test" };

const containersOf = (resources: readonly RecordedResource[]) =>
    only(resources, "aws:sagemaker/model:Model").inputs["containers"] as Record<string, unknown>[];

describe("patterns of several containers", () => {
    let folder: ProjectFolder;
    beforeEach(() => {
        const files = ["preprocess", "predict", "postprocess"].flatMap((name) => [
            [`containers/${name}/Dockerfile`, `FROM scratch\nLABEL name=${name}`],
            [`models/${name}/model.bin`, `weights of ${name}`],
        ]);
        folder = projectFolder(Object.fromEntries(files) as Record<string, string>);
    });
    afterEach(() => {
        folder.remove();
    });

    describe("InferencePipeline", () => {
        const steps = [{ ...own("preprocess"), responseType: "text/csv" }, xgboost, own("postprocess")];

        it("puts the containers in line, each with its hostname, image, artifact and environment", async () => {
            const resources = await record(() => new InferencePipeline("app", { steps, endpoint }));
            const containers = containersOf(resources);
            expect(containers.map(({ containerHostname }) => containerHostname)).to.deep.equal([
                "preprocess",
                "predict",
                "postprocess",
            ]);
            expect(containers.map(({ environment }) => environment)).to.deep.equal([
                { SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT: "text/csv" },
                undefined,
                undefined,
            ]);
            expect(new Set(containers.map(({ modelDataUrl }) => modelDataUrl)).size).to.equal(3);
            expect(only(resources, "aws:sagemaker/model:Model").inputs["inferenceExecutionConfig"]).to.deep.equal({
                mode: "Serial",
            });
            expect(resources.filter(({ type }) => type === "serial-inference:index:ArtifactBucket")).to.have.length(1);
        });

        it("lets SageMaker pull its own images, since one of AWS's stands among them", async () => {
            const mixed = await record(() => new InferencePipeline("app", { steps, endpoint }));
            expect(mixed.filter(({ type }) => type === "aws:ecr/repositoryPolicy:RepositoryPolicy")).to.have.length(2);
            const pure = await record(
                () => new InferencePipeline("app", { steps: [own("preprocess"), own("predict")], endpoint }),
            );
            expect(pure.filter(({ type }) => type === "aws:ecr/repositoryPolicy:RepositoryPolicy")).to.have.length(0);
        });

        it("hosts containers that are called one by one", async () => {
            const resources = await record(() => new InferencePipeline("app", { steps, mode: "direct", endpoint }));
            expect(only(resources, "aws:sagemaker/model:Model").inputs["inferenceExecutionConfig"]).to.deep.equal({
                mode: "Direct",
            });
        });

        it("registers nothing where anything is wrong, and says all of it", async () => {
            const wrong = [
                { ...own("preprocess"), responseType: "application/json" },
                xgboost,
                { ...own("nowhere"), name: "predict" },
            ];
            let message = "";
            const resources = await record(() => {
                try {
                    new InferencePipeline("app", { steps: wrong, endpoint });
                } catch (error) {
                    message = (error as Error).message;
                }
            });
            expect(resources).to.deep.equal([]);
            expect(message).to.contain('inference pipeline "app" has 4 problems');
            expect(message).to.contain(
                'step "preprocess" answers application/json, which step "predict" does not take',
            );
            expect(message).to.contain('step name "predict" is used 2 times');
            expect(message).to.contain('container folder "containers/nowhere" does not exist');
            expect(message).to.contain('artifact "models/nowhere" does not exist');
        });
    });

    describe("ModelEnsemble", () => {
        const steps = [own("preprocess"), own("predict"), own("postprocess")];
        const deploy = () => record(() => new ModelEnsemble("app", { steps, endpoint }));

        for (const [upgraded, { name }] of steps.entries()) {
            it(`changes container ${name} alone when its artifact is upgraded`, async () => {
                const before = containersOf(await deploy());
                folder.write(`models/${name}/model.bin`, "better weights");
                const after = containersOf(await deploy());
                const changed = before.flatMap((container, index) =>
                    JSON.stringify(container) === JSON.stringify(after[index]) ? [] : [index],
                );
                expect(changed).to.deep.equal([upgraded]);
                expect({ ...after[upgraded], modelDataUrl: "" }).to.deep.equal({
                    ...before[upgraded],
                    modelDataUrl: "",
                });
            });
        }

        it("refuses models without an artifact of their own", () => {
            const shared = steps.map((step) => ({ ...step, artifact: { path: "models/predict" } }));
            expect(() => new ModelEnsemble("app", { steps: shared, endpoint })).to.throw(
                'artifact "models/predict" belongs to several steps; each model of an ensemble has its own',
            );
        });
    });
});
