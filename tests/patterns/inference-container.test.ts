import { expect } from "chai";
import { InferenceContainer, type InferenceContainerArgs } from "../../patterns/inference-container.ts";
import type { Step } from "../../plans/step.ts";
import { roleStatements } from "../support/execution-role.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";
import { only, record } from "../support/record.ts";

const step: Step = {
    name: "digits",
    image: { build: { folder: "containers/digits" } },
    artifact: { path: "models/digits" },
    environment: { LOG_LEVEL: "info" },
};
const deploy = (args: Partial<InferenceContainerArgs> = {}) =>
    record(() => new InferenceContainer("app", { step, endpoint: { name: "app-test" }, ...args }));

describe("InferenceContainer", () => {
    let folder: ProjectFolder;
    beforeEach(() => {
        folder = projectFolder({
            "containers/digits/Dockerfile": "FROM scratch",
            "containers/digits/inference.py": "def model_fn(model_dir): ...",
            "models/digits/model.joblib": "weights",
        });
    });
    afterEach(() => {
        folder.remove();
    });

    it("wires image, artifact, role, model, configuration and endpoint", async () => {
        const resources = await deploy();
        const model = only(resources, "aws:sagemaker/model:Model");
        const configuration = only(resources, "aws:sagemaker/endpointConfiguration:EndpointConfiguration");
        const endpoint = only(resources, "aws:sagemaker/endpoint:Endpoint");

        const container = model.inputs["primaryContainer"] as Record<string, unknown>;
        expect(container["image"]).to.match(
            /^123456789012\.dkr\.ecr\.eu-west-1\.amazonaws\.com\/app-digits-\w{7}@sha256:[0-9a-f]{64}$/,
        );
        expect(container["modelDataUrl"]).to.match(
            /^s3:\/\/app-\w{7}\/artifacts\/app-digits\/[0-9a-f]{64}\/model\.tar\.gz$/,
        );
        expect(container).to.include({ containerHostname: "digits" });
        expect(container["environment"]).to.deep.equal({ LOG_LEVEL: "info" });
        expect(model.inputs["executionRoleArn"]).to.match(/^arn:aws:iam::123456789012:role\/app-\w{7}$/);
        expect(model.inputs["containers"]).to.equal(undefined);

        const [variant] = configuration.inputs["productionVariants"] as Record<string, unknown>[];
        expect(variant).to.include({ variantName: "main", instanceType: "ml.m5.large", initialInstanceCount: 1 });
        expect(variant?.["modelName"]).to.match(/^app-\w{7}$/);
        expect(endpoint.inputs).to.include({ name: "app-test" });
    });

    it("leaves the names of model and configuration to the engine, so that their replacement is created before the old is deleted", async () => {
        const resources = await deploy();
        expect(only(resources, "aws:sagemaker/model:Model").inputs).not.to.have.property("name");
        expect(
            only(resources, "aws:sagemaker/endpointConfiguration:EndpointConfiguration").inputs,
        ).not.to.have.property("name");
    });

    it("gives every resource a parent of its own, up to the pattern", async () => {
        const resources = await deploy();
        const pattern = only(resources, "serial-inference:index:InferenceContainer");
        const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
        expect(byUrn.size).to.equal(resources.length);
        for (const resource of resources) {
            let top = resource;
            for (let parent = byUrn.get(top.parent ?? ""); parent !== undefined; parent = byUrn.get(top.parent ?? ""))
                top = parent;
            expect(top.urn, resource.urn).to.equal(pattern.urn);
        }
    });

    it("makes a new model and configuration for a changed artifact, and none for one that was only touched", async () => {
        const modelData = async () => {
            const { inputs } = only(await deploy(), "aws:sagemaker/model:Model");
            return (inputs["primaryContainer"] as Record<string, unknown>)["modelDataUrl"];
        };
        const before = await modelData();
        folder.write("models/digits/model.joblib", "weights");
        expect(await modelData()).to.equal(before);
        folder.write("models/digits/model.joblib", "other weights");
        expect(await modelData()).not.to.equal(before);
    });

    it("takes an image and an artifact that are in AWS already, without a repository or a bucket of its own", async () => {
        const resources = await deploy({
            step: {
                name: "xgboost",
                image: { prebuilt: { name: "sagemaker-xgboost", version: "1.7-1" } },
                artifact: { uri: "s3://training/output/model.tar.gz" },
            },
        });
        expect(resources.map(({ type }) => type).filter((type) => /s3|ecr|docker/.test(type))).to.deep.equal([]);
        const policy = JSON.stringify(roleStatements(resources));
        expect(policy).to.contain("arn:aws:s3:::training/output/model.tar.gz");
        expect(policy).to.contain("arn:aws:ecr:eu-west-1:683313688378:repository/sagemaker-xgboost");
    });

    it("registers nothing where anything is wrong, and says all of it", async () => {
        const bad = {
            step: { ...step, name: "my_digits", artifact: { path: "models/none" } },
            endpoint: { name: "no_name" },
        };
        let message = "";
        const resources = await record(() => {
            try {
                new InferenceContainer("app", bad);
            } catch (error) {
                message = (error as Error).message;
            }
        });
        expect(resources).to.deep.equal([]);
        expect(message).to.contain('inference container "app" has 3 problems');
        expect(message).to.contain('step name "my_digits" is no hostname');
        expect(message).to.contain("models/none");
        expect(message).to.contain("its name is not up to 63 letters");
    });
});
