import { expect } from "chai";
import { InferenceContainer, type InferenceContainerArgs } from "../../patterns/inference-container.ts";
import { InferencePipeline } from "../../patterns/inference-pipeline.ts";
import type { RecordedResource } from "../../local/graph/recorded-resource.ts";
import type { Step } from "../../plans/step.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";
import { only, record } from "../support/record.ts";

const step = (name: string): Step => ({
    name,
    image: { build: { folder: "containers/digits" } },
    artifact: { path: "models/digits" },
    environment: { LOG_LEVEL: "info" },
    contentTypes: ["image/png"],
    responseType: "application/json",
});
const registry = { group: "digits" };

const typesOf = (resources: readonly RecordedResource[], part: string): string[] =>
    resources.filter(({ type }) => type.includes(part)).map(({ type }) => type);
const json = (resource: RecordedResource, key: string) =>
    JSON.parse(resource.inputs[key] as string) as Record<string, unknown>;
const versionIn = (resources: readonly RecordedResource[]) =>
    json(only(resources, "aws:cloudcontrol/resource:Resource"), "desiredState");
const statements = (resource: RecordedResource) => json(resource, "policy")["Statement"] as Record<string, unknown>[];

describe("a model that is registered", () => {
    let folder: ProjectFolder;
    beforeEach(() => {
        folder = projectFolder({
            "containers/digits/Dockerfile": "FROM scratch",
            "models/digits/model.joblib": "weights",
            "figures.json": '{"accuracy": 0.97}',
        });
    });
    afterEach(() => {
        folder.remove();
    });

    const register = (args: Partial<InferenceContainerArgs> = {}) =>
        record(() => new InferenceContainer("app", { step: step("digits"), registry, ...args }));

    it("alone: makes images, artifacts, group and version, and neither a SageMaker model nor a role", async () => {
        const resources = await register();
        expect(typesOf(resources, "aws:sagemaker/")).to.deep.equal([
            "aws:sagemaker/modelPackageGroup:ModelPackageGroup",
            "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy",
        ]);
        expect(typesOf(resources, "aws:iam/")).to.deep.equal([]);
        expect(only(resources, "aws:cloudcontrol/resource:Resource").inputs["typeName"]).to.equal(
            "AWS::SageMaker::ModelPackage",
        );
        const { outputs } = only(resources, "serial-inference:index:InferenceContainer");
        expect(outputs).to.include({
            modelPackageGroup: "digits",
            modelPackageArn: "arn:aws:sagemaker:eu-west-1:123456789012:model-package/digits/1",
        });
    });

    it("and served: the version holds what the endpoint's model holds, container by container", async () => {
        const steps = [step("first"), { ...step("second"), contentTypes: ["application/json"] }];
        const resources = await record(
            () => new InferencePipeline("app", { steps, registry, endpoint: { name: "app-test" } }),
        );
        const served = only(resources, "aws:sagemaker/model:Model").inputs["containers"] as Record<string, unknown>[];
        const version = versionIn(resources) as { InferenceSpecification: { Containers: Record<string, unknown>[] } };
        const registered = version.InferenceSpecification.Containers.map((container) => ({
            containerHostname: container["ContainerHostname"],
            image: container["Image"],
            modelDataUrl: container["ModelDataUrl"],
            environment: container["Environment"],
        }));
        expect(registered).to.deep.equal(served);
        expect(registered[0]?.image).to.match(/@sha256:[0-9a-f]{64}$/);
    });

    it("keeps every image, since old versions name them", async () => {
        expect(typesOf(await register(), "LifecyclePolicy")).to.deep.equal([]);
    });

    it("uploads its figures by content, and names them in the version", async () => {
        const resources = await register({ registry: { ...registry, metrics: { path: "figures.json" } } });
        const object = resources.find(({ name }) => name === "app-metrics");
        expect(object?.inputs["key"]).to.match(/^metrics\/app\/[0-9a-f]{64}\/statistics\.json$/);
        expect(JSON.stringify(versionIn(resources)["ModelMetrics"])).to.contain(String(object?.inputs["key"]));
    });

    it("is for no other account, unless that is named; the policies are there, so that an account can be taken out of them", async () => {
        const resources = await register();
        const policies = [
            json(only(resources, "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy"), "resourcePolicy"),
            json(only(resources, "aws:ecr/repositoryPolicy:RepositoryPolicy"), "policy"),
            json(only(resources, "aws:s3/bucketPolicy:BucketPolicy"), "policy"),
        ];
        const allowed = policies
            .flatMap(({ Statement }) => Statement as Record<string, unknown>[])
            .filter(({ Effect }) => Effect === "Allow")
            .map(({ Principal }) => JSON.stringify(Principal));
        expect(new Set(allowed)).to.deep.equal(new Set(['{"AWS":["arn:aws:iam::123456789012:root"]}']));
    });

    it("lets just the accounts that are named find versions, pull images and read artifacts", async () => {
        const accounts = ["111122223333", "444455556666"];
        const resources = await register({ registry: { ...registry, accounts } });
        const principal = { AWS: ["123456789012", ...accounts].map((account) => `arn:aws:iam::${account}:root`) };

        const policy = json(
            only(resources, "aws:sagemaker/modelPackageGroupPolicy:ModelPackageGroupPolicy"),
            "resourcePolicy",
        )["Statement"] as Record<string, unknown>[];
        expect(policy.map(({ Principal, Action, Resource }) => ({ Principal, Action, Resource }))).to.deep.equal([
            {
                Principal: principal,
                Action: ["sagemaker:DescribeModelPackageGroup", "sagemaker:ListModelPackages"],
                Resource: "arn:aws:sagemaker:eu-west-1:123456789012:model-package-group/digits",
            },
            {
                Principal: principal,
                Action: ["sagemaker:DescribeModelPackage", "sagemaker:ListModelPackages", "sagemaker:CreateModel"],
                Resource: "arn:aws:sagemaker:eu-west-1:123456789012:model-package/digits/*",
            },
        ]);

        const [pull, ...others] = statements(only(resources, "aws:ecr/repositoryPolicy:RepositoryPolicy"));
        expect(pull).to.deep.include({ Effect: "Allow", Principal: principal });
        expect(others).to.deep.equal([]);

        const [, read, listed] = statements(only(resources, "aws:s3/bucketPolicy:BucketPolicy"));
        expect(read).to.deep.include({ Effect: "Allow", Principal: principal, Action: "s3:GetObject" });
        expect(read?.["Resource"]).to.match(/^arn:aws:s3:::app-\w{7}\/artifacts\/\*$/);
        expect(listed).to.deep.include({ Principal: principal, Action: "s3:ListBucket" });
        expect(listed?.["Condition"]).to.deep.equal({ StringLike: { "s3:prefix": "artifacts/*" } });
    });

    it("refuses what a version cannot hold before anything is registered, with the model's other problems", () => {
        const own: Step = { ...step("digits"), image: { prebuilt: { name: "sagemaker-xgboost", version: "1.7-1" } } };
        expect(() => new InferenceContainer("app", { step: { ...own, artifact: { path: "nowhere" } }, registry }))
            .to.throw("2 problems")
            .with.property("message")
            .that.contains("which AWS moves")
            .and.contains('artifact "nowhere" does not exist');
    });
});
