import { expect } from "chai";
import { planModelPackage } from "../../../plans/registry/model-package.ts";
import { registryProblems } from "../../../plans/registry/problems.ts";
import type { NamedRegistry } from "../../../plans/registry/settings.ts";
import type { StepSource } from "../../../plans/image-source.ts";
import type { Step } from "../../../plans/step.ts";

const digest = `sha256:${"a".repeat(64)}`;
const step = (name: string, fields: Partial<Step> = {}): Step => ({ name, image: { mirror: "image" }, ...fields });
const line = [
    step("preprocess", { contentTypes: ["text/csv"] }),
    step("predict", { responseType: "application/json" }),
];
const registry: NamedRegistry = { group: "fraud" };
const container = (hostname: string) => ({
    hostname,
    source: { image: `${hostname}@${digest}` },
    modelData: undefined,
    multiModel: undefined,
    environment: {},
});
const plan = (fields: Partial<Parameters<typeof planModelPackage>[0]> = {}) =>
    planModelPackage({
        registry,
        steps: line,
        containers: line.map(({ name }) => container(name)),
        uses: { endpoint: [], transform: [] },
        ...fields,
    });

describe("planModelPackage", () => {
    it("holds every container by digest and artifact, with its hostname and environment, in order", () => {
        const { Containers } = plan({
            containers: [
                {
                    ...container("preprocess"),
                    modelData: { uri: "s3://b/a.tar.gz", compressed: true },
                    environment: { A: "1" },
                },
                { ...container("predict"), modelData: { uri: "s3://b/files/", compressed: false } },
            ],
        }).InferenceSpecification;
        expect(Containers).to.deep.equal([
            {
                ContainerHostname: "preprocess",
                Image: `preprocess@${digest}`,
                ModelDataUrl: "s3://b/a.tar.gz",
                Environment: { A: "1" },
            },
            {
                ContainerHostname: "predict",
                Image: `predict@${digest}`,
                ModelDataSource: {
                    S3DataSource: { S3Uri: "s3://b/files/", S3DataType: "S3Prefix", CompressionType: "None" },
                },
            },
        ]);
    });

    it("waits for a person to approve it unless told otherwise", () => {
        expect(plan().ModelApprovalStatus).to.equal("PendingManualApproval");
        expect(plan({ registry: { ...registry, approval: "approved" } }).ModelApprovalStatus).to.equal("Approved");
    });

    it("says what the line takes and answers, and where it may run, as the stack does", () => {
        const { Containers, ...said } = plan({
            uses: { endpoint: ["ml.c7i.large", "ml.c7i.large", "ml.m5.large"], transform: [] },
        }).InferenceSpecification;
        expect(said).to.deep.equal({
            SupportedContentTypes: ["text/csv"],
            SupportedResponseMIMETypes: ["application/json"],
            SupportedRealtimeInferenceInstanceTypes: ["ml.c7i.large", "ml.m5.large"],
            SupportedTransformInstanceTypes: ["ml.m5.large"],
        });
        expect(Containers).to.have.length(2);
    });

    it("says it as the registry does, where that is said", () => {
        const own = { contentTypes: ["a/b"], responseTypes: ["c/d"], instanceTypes: ["ml.g5.xlarge"] };
        const { InferenceSpecification: said } = plan({
            registry: { ...registry, ...own },
            uses: { endpoint: ["ml.m5.large"], transform: ["ml.m5.large"] },
        });
        expect(said.SupportedContentTypes).to.deep.equal(["a/b"]);
        expect(said.SupportedResponseMIMETypes).to.deep.equal(["c/d"]);
        expect(said.SupportedRealtimeInferenceInstanceTypes).to.deep.equal(["ml.g5.xlarge"]);
        expect(said.SupportedTransformInstanceTypes).to.deep.equal(["ml.g5.xlarge"]);
    });

    it("carries description, metadata and figures, and none of them where none is given", () => {
        const full = plan({
            registry: { ...registry, description: "Fraud, May", metadata: { commit: "1a2b3c4" } },
            metricsUri: "s3://b/statistics.json",
        });
        expect(full).to.deep.include({
            ModelPackageGroupName: "fraud",
            ModelPackageDescription: "Fraud, May",
            CustomerMetadataProperties: { commit: "1a2b3c4" },
            ModelMetrics: {
                ModelQuality: { Statistics: { ContentType: "application/json", S3Uri: "s3://b/statistics.json" } },
            },
        });
        expect(Object.keys(plan())).to.have.members([
            "ModelPackageGroupName",
            "ModelApprovalStatus",
            "InferenceSpecification",
        ]);
    });
});

describe("registryProblems", () => {
    const of = (image: StepSource, fields: Partial<Step> = {}) =>
        registryProblems(registry, [step("predict", { contentTypes: ["a/b"], responseType: "c/d", ...fields, image })]);

    it("has none with images by digest, or made so, and known media types", () => {
        expect(registryProblems(registry, line)).to.deep.equal([]);
        expect(of({ prebuilt: { name: "sagemaker-xgboost", version: "1.7-1", digest } })).to.deep.equal([]);
        expect(of({ uri: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/a@${digest}` })).to.deep.equal([]);
    });

    it("knows the media types of AWS's images", () => {
        const prebuilt = { prebuilt: { name: "linear-learner", version: "1", digest } };
        expect(registryProblems(registry, [{ name: "predict", image: prebuilt }])).to.deep.equal([]);
    });

    it("refuses an image of AWS by tag, which may be another one tomorrow", () => {
        expect(of({ prebuilt: { name: "sagemaker-xgboost", version: "1.7-1" } })).to.deep.equal([
            'registry: step "predict": image sagemaker-xgboost:1.7-1 is named by a tag, which AWS moves, and a version must stay what was approved; ' +
                "set image.prebuilt.digest, which docker pull prints",
        ]);
    });

    it("refuses what a package cannot hold: many models, and a container of another package", () => {
        expect(of({ mirror: "x" }, { multiModel: {} }).join()).to.contain(
            "cannot say that a container holds many models",
        );
        expect(of({ modelPackage: "arn" }).join()).to.contain(
            "it comes from a model package, which another one cannot hold",
        );
    });

    it("asks for media types that nothing tells, by the steps at the two ends", () => {
        expect(registryProblems(registry, [step("first"), step("last")])).to.deep.equal([
            'registry: what the first container takes is not known; set contentTypes of step "first", or registry.contentTypes',
            'registry: what the last container answers is not known; set responseType of step "last", or registry.responseTypes',
        ]);
    });

    it("refuses a group that SageMaker would not take, such as one made of a long project's name", () => {
        expect(registryProblems({ group: "a".repeat(64) }, line).join()).to.contain("is no name: up to 63 letters");
    });
});
