import { expect } from "chai";
import { type HostedEndpoint, hostedEndpoints } from "../../local/graph/hosted-endpoint.ts";
import { InferenceContainer } from "../../patterns/inference-container.ts";
import { InferencePipeline } from "../../patterns/inference-pipeline.ts";
import type { Shadow } from "../../plans/shadow.ts";
import type { Step } from "../../plans/step.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";
import { record } from "../support/record.ts";

/** What the program's resources say that they host. */
async function hosted(program: () => unknown): Promise<HostedEndpoint> {
    const [endpoint] = hostedEndpoints(await record(program));
    if (endpoint === undefined) throw new Error("no endpoint");
    return endpoint;
}

const digits: Step = {
    name: "digits",
    image: { build: { folder: "containers/digits", args: { VERSION: "2" } } },
    artifact: { path: "models/digits" },
    environment: { LOG_LEVEL: "info" },
};

describe("hostedEndpoints", () => {
    let folder: ProjectFolder;
    beforeEach(() => {
        folder = projectFolder({
            "containers/digits/Dockerfile": "FROM scratch",
            "containers/xgboost/Dockerfile": "FROM scratch",
            "models/digits/a.bin": "a",
            "models/digits/deep/b.bin": "b",
        });
    });
    afterEach(() => {
        folder.remove();
    });

    it("finds a container's build, archive and environment", async () => {
        const endpoint = { name: "e", startupTimeoutSeconds: 90, variants: [{ name: "a", weight: 9 }, { name: "b" }] };
        const { name, variants } = await hosted(() => new InferenceContainer("app", { step: digits, endpoint }));
        expect(name).to.equal("e");
        expect(
            variants.map((variant) => [variant.name, variant.weight, variant.mode, variant.startupTimeoutSeconds]),
        ).to.deep.equal([
            ["a", 9, "Serial", 90],
            ["b", 1, "Serial", 90],
        ]);
        const container = variants[0]?.containers[0];
        expect(container).to.deep.include({ hostname: "digits", environment: { LOG_LEVEL: "info" } });
        expect(container?.image).to.deep.equal({
            kind: "built",
            context: "containers",
            dockerfile: "containers/digits/Dockerfile",
            target: "step-server",
            platform: "linux/amd64",
            buildArgs: { VERSION: "2" },
        });
        expect(container?.modelData).to.have.property("kind", "archive");
    });

    it("holds a serverless endpoint to its smaller requests", async () => {
        const serverless = { memoryMiB: 2048, maxConcurrency: 5 };
        const endpoints = [{ name: "e" }, { name: "e", serverless }];
        const limits = [];
        for (const endpoint of endpoints)
            limits.push((await hosted(() => new InferenceContainer("app", { step: digits, endpoint }))).requestBytes);
        expect(limits).to.deep.equal([undefined, 4 * 1024 * 1024]);
    });

    it("tells an asynchronous endpoint from others", async () => {
        const kinds = [];
        for (const endpoint of [{ name: "e" }, { name: "e", async: {} }])
            kinds.push((await hosted(() => new InferenceContainer("app", { step: digits, endpoint }))).isAsynchronous);
        expect(kinds).to.deep.equal([undefined, true]);
    });

    it("finds a shadow of the same model, the share that it samples, and one whose model is elsewhere", async () => {
        const shadowOf = async (shadow: Shadow) =>
            (await hosted(() => new InferenceContainer("app", { step: digits, endpoint: { name: "e", shadow } })))
                .shadow;
        const shadow = await shadowOf({ name: "next", samplingPercent: 30 });
        expect(shadow).to.have.property("share", 0.3);
        expect(shadow).to.have.nested.property("variant.name", "next");
        expect(shadow).to.have.nested.property("variant.containers[0].hostname", "digits");
        expect(await shadowOf({ name: "next", modelName: "candidate-1" })).to.equal("candidate-1");
    });

    it("knows what is recorded of requests, where something is", async () => {
        const dataCapture = { samplingPercent: 5, record: ["request"], csv: ["text/plain"] } as const;
        const capturing = () => new InferenceContainer("app", { step: digits, endpoint: { name: "e", dataCapture } });
        expect((await hosted(capturing)).capture).to.deep.equal({
            samplingPercent: 5,
            modes: ["Input"],
            csv: ["text/plain"],
            json: ["application/json"],
        });
        const plain = await hosted(() => new InferenceContainer("app", { step: digits, endpoint: { name: "e" } }));
        expect(plain).not.to.have.property("capture");
    });

    it("finds files that are not compressed, by their path below the prefix", async () => {
        const step: Step = { ...digits, artifact: { path: "models/digits", compression: "none" } };
        const { variants } = await hosted(() => new InferenceContainer("app", { step, endpoint: { name: "e" } }));
        const data = variants[0]?.containers[0]?.modelData;
        expect(data?.kind === "files" ? data.files.map(({ path }) => path).sort() : data).to.deep.equal([
            "a.bin",
            "deep/b.bin",
        ]);
    });

    it("keeps a pipeline's order and mode, and takes the folder that stands in for an image of AWS", async () => {
        const xgboost: Step = {
            name: "predict",
            image: {
                prebuilt: { name: "sagemaker-xgboost", version: "1.7-1" },
                local: { folder: "containers/xgboost" },
            },
            artifact: { uri: "s3://bucket/model.tar.gz" },
        };
        const bare: Step = { name: "linear", image: { prebuilt: { name: "linear-learner", version: "1" } } };
        const pipeline = () =>
            new InferencePipeline("app", { steps: [digits, xgboost, bare], mode: "direct", endpoint: { name: "e" } });
        const [variant] = (await hosted(pipeline)).variants;
        expect(variant?.mode).to.equal("Direct");
        expect(variant?.containers.map(({ hostname }) => hostname)).to.deep.equal(["digits", "predict", "linear"]);
        const [, predict, linear] = variant?.containers ?? [];
        expect(predict?.image).to.include({ kind: "built", dockerfile: "containers/xgboost/Dockerfile" });
        expect(predict?.modelData).to.deep.equal({ kind: "elsewhere", uri: "s3://bucket/model.tar.gz" });
        expect(linear?.image).to.deep.equal({
            kind: "elsewhere",
            reference: "763104351884.dkr.ecr.eu-west-1.amazonaws.com/linear-learner:1",
        });
        expect(linear?.modelData).to.equal(undefined);
    });
});
