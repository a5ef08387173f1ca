import { expect } from "chai";
import { InferencePipeline, type InferencePipelineArgs } from "../../patterns/inference-pipeline.ts";
import { TritonEnsemble } from "../../patterns/triton-ensemble.ts";
import type { FoundPackage } from "../../plans/registry/found-package.ts";
import type { Step } from "../../plans/step.ts";
import { roleStatements } from "../support/execution-role.ts";
import { only, record } from "../support/record.ts";

const key = "arn:aws:kms:eu-west-1:444455556666:key/1a2b";
const modelPackage: FoundPackage = {
    arn: "arn:aws:sagemaker:eu-west-1:444455556666:model-package/fraud/3",
    approval: "Approved",
    status: "Completed",
    containers: ["preprocess", "predict"].map((hostname) => ({
        hostname,
        image: `444455556666.dkr.ecr.eu-west-1.amazonaws.com/${hostname}@sha256:${"a".repeat(64)}`,
        data: [{ uri: `s3://theirs/${hostname}/model.tar.gz`, isPrefix: false }],
    })),
    keys: [key],
};
const steps: Step[] = ["preprocess", "predict"].map((name) => ({ name, image: { packaged: true } }));
const deploy = (args: Partial<InferencePipelineArgs> = {}) =>
    record(() => new InferencePipeline("app", { steps, modelPackage, endpoint: { name: "app-test" }, ...args }));

describe("a model of a registered version", () => {
    it("is made of the version's ARN alone: nothing is built and nothing uploaded", async () => {
        const resources = await deploy();
        const model = only(resources, "aws:sagemaker/model:Model");
        expect(model.inputs["containers"]).to.deep.equal([{ modelPackageName: modelPackage.arn }]);
        expect(model.inputs).to.have.all.keys("containers", "executionRoleArn");
        expect(resources.filter(({ type }) => /^(docker|aws:s3|aws:ecr)/.test(type))).to.deep.equal([]);
        const { outputs } = only(resources, "serial-inference:index:InferencePipeline");
        expect(outputs["modelPackageArn"]).to.equal(modelPackage.arn);
    });

    it("has a role that reads just what the version names, and decrypts it by way of S3", async () => {
        const resources = await deploy();
        const granted = (sid: string) => roleStatements(resources).find(({ Sid }) => Sid === sid);
        expect(granted("Images")?.["Resource"]).to.deep.equal([
            "arn:aws:ecr:eu-west-1:444455556666:repository/preprocess",
            "arn:aws:ecr:eu-west-1:444455556666:repository/predict",
        ]);
        expect(granted("ModelData")?.["Resource"]).to.deep.equal([
            "arn:aws:s3:::theirs/preprocess/model.tar.gz",
            "arn:aws:s3:::theirs/predict/model.tar.gz",
        ]);
        expect(granted("ArtifactKeys")).to.deep.include({
            Action: "kms:Decrypt",
            Resource: [key],
            Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
        });
    });

    it("is called container by container where the stack says so", async () => {
        const model = only(await deploy({ mode: "direct" }), "aws:sagemaker/model:Model");
        expect(model.inputs["inferenceExecutionConfig"]).to.deep.equal({ mode: "Direct" });
    });

    it("serves an ensemble of Triton that the version brings", async () => {
        const [container] = modelPackage.containers;
        const triton = { ...modelPackage, containers: container === undefined ? [] : [container] };
        const [step] = steps;
        if (step === undefined) throw new Error("no step");
        const resources = await record(
            () => new TritonEnsemble("app", { step, modelPackage: triton, endpoint: { name: "app-test" } }),
        );
        expect(only(resources, "aws:sagemaker/model:Model").inputs["containers"]).to.have.length(1);
    });

    it("is refused where it is not approved or not the steps', and where the stack registers it as well", () => {
        const refused = (args: Partial<InferencePipelineArgs>) => () =>
            new InferencePipeline("app", { steps, ...args });
        const endpoint = { name: "app-test" };
        expect(refused({ endpoint, modelPackage: { ...modelPackage, approval: "Rejected" } })).to.throw(
            "is Rejected, not Approved",
        );
        expect(refused({ endpoint, modelPackage: { ...modelPackage, containers: [] } })).to.throw(
            "the steps are preprocess, predict",
        );
        expect(refused({ endpoint, modelPackage, registry: { group: "fraud" } })).to.throw("registry and modelPackage");
        expect(refused({ endpoint })).to.throw('step "preprocess" has no image; name one');
        expect(refused({ modelPackage })).to.throw("nothing would use the model");
    });
});
