import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { Header } from "tar";
import { checkArchives } from "../../components/check-archives.ts";
import type { RecordedResource } from "../../local/graph/recorded-resource.ts";
import { MultiModelPipeline, type MultiModelPipelineArgs } from "../../patterns/multi-model-pipeline.ts";
import type { PlanError } from "../../plans/plan-error.ts";
import type { Step } from "../../plans/step.ts";
import { roleStatements } from "../support/execution-role.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";
import { only, record } from "../support/record.ts";

const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";
const PREFIX = /^s3:\/\/app-\w{7}\/models\/predict\/$/;

const own = (name: string): Step => ({ name, image: { build: { folder: "containers/some" } } });
const many: Step = { ...own("predict"), artifact: { models: "models/houses" }, multiModel: { cache: "disabled" } };
const endpoint = { name: "app-test" };
const args: MultiModelPipelineArgs = { steps: [own("preprocess"), many, own("postprocess")], endpoint };

const deploy = (other: Partial<MultiModelPipelineArgs> = {}, log?: string[]) =>
    record(() => new MultiModelPipeline("app", { ...args, ...other }), log);
const objects = (resources: readonly RecordedResource[]) =>
    resources.filter(({ type }) => type === OBJECT).sort((a, b) => (a.name < b.name ? -1 : 1));
const modelOf = (resources: readonly RecordedResource[]) => only(resources, "aws:sagemaker/model:Model").inputs;

/** A `.tar.gz` of one empty file of this path. */
function archive(path: string): Buffer {
    const block = Buffer.alloc(512);
    new Header({ path, type: "File", mode: 0o644, size: 0, mtime: new Date(0) }).encode(block);
    return gzipSync(Buffer.concat([block, Buffer.alloc(1024)]));
}

/** What refuses, and that nothing was registered. */
async function refusal(other: Partial<MultiModelPipelineArgs>): Promise<string> {
    let message = "accepted";
    const resources = await record(() => {
        try {
            new MultiModelPipeline("app", { ...args, ...other });
        } catch (error) {
            message = (error as Error).message;
        }
    });
    expect(resources).to.deep.equal([]);
    return message;
}

describe("MultiModelPipeline", () => {
    let folder: ProjectFolder;
    beforeEach(() => {
        folder = projectFolder({
            "containers/some/Dockerfile": "FROM scratch",
            "models/houses/europe/lisbon/model.json": "lisbon",
            "models/houses/europe/oslo/model.json": "oslo",
        });
        folder.write("models/houses/us/boston.tar.gz", archive("model.json"));
    });
    afterEach(() => {
        folder.remove();
    });

    it("uploads each model under its key, below one prefix that its container reads", async () => {
        const resources = await deploy();
        expect(objects(resources).map(({ name, inputs }) => [name, inputs["key"]])).to.deep.equal([
            ["app-predict-europe/lisbon.tar.gz", "models/predict/europe/lisbon.tar.gz"],
            ["app-predict-europe/oslo.tar.gz", "models/predict/europe/oslo.tar.gz"],
            ["app-predict-us/boston.tar.gz", "models/predict/us/boston.tar.gz"],
        ]);
        const [, container] = modelOf(resources)["containers"] as Record<string, unknown>[];
        expect(container).to.deep.include({
            containerHostname: "predict",
            mode: "MultiModel",
            multiModelConfig: { modelCacheSetting: "Disabled" },
        });
        expect(container?.["modelDataUrl"]).to.match(PREFIX);
        const prefix = only(resources, "serial-inference:index:ModelPrefix");
        expect(prefix.inputs).to.deep.equal({ models: "models/houses" });
        expect(prefix.outputs["uri"]).to.equal(container?.["modelDataUrl"]);
    });

    describe("with Triton", () => {
        const triton: Step = {
            name: "predict",
            image: { prebuilt: { name: "sagemaker-tritonserver", version: "25.09-py3" } },
            server: "triton-server",
            artifact: { models: "models/ensembles" },
            multiModel: {},
        };
        const steps = [own("preprocess"), triton];
        const onGpu = { ...endpoint, instanceType: "ml.g5.2xlarge" };
        const ensemble = (key: string, inner: string) => {
            folder.write(`models/ensembles/${key}/line/config.pbtxt`, 'platform: "ensemble"');
            folder.write(`models/ensembles/${key}/line/1/README`, "");
            folder.write(`models/ensembles/${key}/${inner}/config.pbtxt`, 'backend: "python"');
            folder.write(`models/ensembles/${key}/${inner}/1/model.py`, "");
        };

        it("packs each repository, and takes instances with one GPU", async () => {
            ensemble("europe/lisbon", "trees");
            ensemble("us/boston", "lines");
            const resources = await deploy({ steps, endpoint: onGpu });
            expect(objects(resources).map(({ inputs }) => inputs["key"])).to.deep.equal([
                "models/predict/europe/lisbon.tar.gz",
                "models/predict/us/boston.tar.gz",
            ]);
        });

        it("refuses repositories that run models of one name, and what is no repository", async () => {
            ensemble("europe/lisbon", "trees");
            ensemble("us/boston", "trees");
            folder.write("models/ensembles/us/austin/model.json", "{}");
            const message = await refusal({ steps, endpoint: onGpu });
            expect(message).to.include(
                'models "europe/lisbon.tar.gz", "us/boston.tar.gz" each run a "trees"; in one Triton what ensembles run has a name of its own',
            );
            expect(message).to.include('model "us/austin.tar.gz": it has no folder with a config.pbtxt');
        });

        it("refuses a repository of several models that no ensemble runs", async () => {
            ensemble("lisbon", "trees");
            folder.write("models/ensembles/lisbon/line/config.pbtxt", 'backend: "python"');
            expect(await refusal({ steps, endpoint: onGpu })).to.include(
                'model "lisbon.tar.gz": of line, trees one must be the ensemble that runs the others; found none',
            );
        });

        it("refuses instances with several GPUs", async () => {
            ensemble("lisbon", "trees");
            const several = { ...endpoint, instanceType: "ml.g5.12xlarge" };
            expect(await refusal({ steps, endpoint: several })).to.include(
                'variant "main": instanceType ml.g5.12xlarge has GPUs or accelerators, on which step "predict" cannot hold many models',
            );
        });
    });

    it("takes an archive as it is, and packs a directory", async () => {
        const files = objects(await deploy()).map(({ inputs }) => (inputs["source"] as { asset: string }).asset);
        expect(files[2]).to.equal(`${process.cwd()}/models/houses/us/boston.tar.gz`);
        expect(files[0]).to.match(/\.cache\/artifacts\/archives\/[0-9a-f]{64}\.tar\.gz$/);
        expect(new Set(files).size).to.equal(3);
    });

    it("changes nothing but one object where a model is added, changed or removed", async () => {
        const before = await deploy();
        const others = (resources: readonly RecordedResource[]) =>
            resources.filter(({ type }) => type !== OBJECT).map(({ urn, inputs }) => ({ urn, inputs }));
        const changed = (resources: readonly RecordedResource[]): string[] => {
            expect(others(resources)).to.have.deep.members(others(before));
            const [now, then] = [resources, before].map(
                (some) => new Map(objects(some).map(({ name, inputs }) => [name, JSON.stringify(inputs)])),
            );
            const names = new Set([...(now?.keys() ?? []), ...(then?.keys() ?? [])]);
            return [...names].filter((name) => now?.get(name) !== then?.get(name));
        };
        folder.write("models/houses/europe/rome/model.json", "rome");
        expect(changed(await deploy())).to.deep.equal(["app-predict-europe/rome.tar.gz"]);
        rmSync("models/houses/europe/rome", { recursive: true });
        folder.write("models/houses/europe/oslo/model.json", "another oslo");
        expect(changed(await deploy())).to.deep.equal(["app-predict-europe/oslo.tar.gz"]);
        folder.write("models/houses/europe/oslo/model.json", "oslo");
        rmSync("models/houses/europe/lisbon", { recursive: true });
        expect(changed(await deploy())).to.deep.equal(["app-predict-europe/lisbon.tar.gz"]);
    });

    it("lets the role read the prefix and list it, and nothing else of the bucket", async () => {
        const resources = await deploy();
        const bucket = only(resources, "aws:s3/bucket:Bucket").outputs["arn"] as string;
        expect(roleStatements(resources).filter(({ Action }) => JSON.stringify(Action).includes("s3:"))).to.deep.equal([
            { Sid: "ModelData", Effect: "Allow", Action: "s3:GetObject", Resource: [`${bucket}/models/predict/*`] },
            {
                Sid: "ModelDataPrefix0",
                Effect: "Allow",
                Action: "s3:ListBucket",
                Resource: bucket,
                Condition: { StringLike: { "s3:prefix": "models/predict/*" } },
            },
        ]);
    });

    it("takes a prefix that something else fills, and uploads nothing", async () => {
        const resources = await deploy({
            steps: [own("preprocess"), { ...many, artifact: { uri: "s3://training/houses/" } }],
        });
        expect(objects(resources)).to.deep.equal([]);
        const [, container] = modelOf(resources)["containers"] as Record<string, unknown>[];
        expect(container).to.include({ modelDataUrl: "s3://training/houses/", mode: "MultiModel" });
        const policy = JSON.stringify(roleStatements(resources));
        expect(policy).to.contain('"arn:aws:s3:::training/houses/*"').and.to.contain('"s3:prefix":"houses/*"');
    });

    it("says with the endpoint what to expect of the models on it", async () => {
        const log: string[] = [];
        await deploy({}, log);
        expect(log[0]).to.equal('info: step "predict" holds 3 models of 10 bytes unpacked, the largest of 6 bytes');
        expect(log[1]).to.contain('info: variant "main" (ml.m5.large): each model is downloaded and loaded anew');
    });

    it("has a policy for each caller, attached to nobody", async () => {
        const callers = [{ name: "all" }, { name: "lisbon-team", targetModels: ["europe/*"] }];
        const resources = await deploy({ endpoint: { ...endpoint, callers } });
        const policies = only(resources, "serial-inference:index:MultiModelPipeline").outputs["callerPolicies"];
        const { all, "lisbon-team": lisbon } = policies as Record<string, string>;
        const arn = only(resources, "aws:sagemaker/endpoint:Endpoint").outputs["arn"];
        expect(JSON.parse(all ?? "")).to.deep.include({ Version: "2012-10-17" });
        expect(JSON.parse(lisbon ?? "")).to.have.deep.nested.property("Statement[0]", {
            Sid: "InvokeEndpoint",
            Effect: "Allow",
            Action: "sagemaker:InvokeEndpoint",
            Resource: arn,
            Condition: { StringLike: { "sagemaker:TargetModel": ["europe/*"] } },
        });
        expect(resources.filter(({ type }) => /iam\/.*:(Policy|UserPolicy)$/.test(type))).to.deep.equal([]);
    });

    it("refuses no multi-model step and more than one", async () => {
        expect(await refusal({ steps: [own("a"), own("b")] })).to.contain(
            "no step is multi-model; one step of this pattern sets multiModel, in any position",
        );
        expect(await refusal({ steps: [many, { ...many, name: "again" }] })).to.contain(
            'steps "predict", "again" are multi-model; a model has one such container at most',
        );
        expect(await refusal({ steps: [many] })).to.contain("a pipeline has 2 to 15 steps, not 1");
    });

    it("refuses GPU instance types, on each variant that has one, and batch transform", async () => {
        const variants = [
            { name: "cpu", instanceType: "ml.c5.large" },
            { name: "gpu", instanceType: "ml.g5.xlarge" },
            { name: "default" },
        ];
        const message = await refusal({
            endpoint: { ...endpoint, instanceType: "ml.p3.2xlarge", variants },
            transform: { contentType: "text/csv" },
        });
        expect(message).to.contain('"app" has 3 problems');
        expect(message).to.contain('variant "gpu": instanceType ml.g5.xlarge has GPUs or accelerators');
        expect(message).to.contain('variant "default": instanceType ml.p3.2xlarge has GPUs or accelerators');
        expect(message).to.contain(
            'transform: step "predict" is multi-model, and a transform job cannot name a target',
        );
    });

    it("refuses what is no folder of models, with the model's key", async () => {
        folder.write("models/houses/README.md", "");
        folder.write("models/houses/us/reno.tar.gz", "no gzip");
        symlinkSync("/etc/hostname", "models/houses/europe/oslo/link");
        mkdirSync("models/houses/asia");
        const message = await refusal({});
        const about = 'step "predict": artifact "models/houses": ';
        expect(message).to.contain(
            `${about}"README.md" is no model: a folder of models holds .tar.gz files and directories only`,
        );
        expect(message).to.contain(
            `${about}model "us/reno.tar.gz": the name ends in .tar.gz, but the content is not gzip`,
        );
        expect(message).to.contain(`${about}model "europe/oslo.tar.gz": link "link" leads out of the tree`);
        expect(message).to.contain(`${about}"asia" holds no models`);
        expect(await refusal({ steps: [own("a"), { ...many, artifact: { models: "nowhere" } }] })).to.contain(
            'step "predict": artifact "nowhere" does not exist',
        );
    });

    it("refuses archives that are damaged or lead out, all of them before anything is registered", async () => {
        folder.write("models/houses/us/damaged.tar.gz", gzipSync("no tar at all").subarray(0, 15));
        folder.write("models/houses/us/up.tar.gz", archive("../up"));
        folder.write("models/houses/us/root.tar.gz", archive("/etc/passwd"));
        const problems = await checkArchives(args.steps).then(
            () => [],
            (error: unknown) => (error as PlanError).problems,
        );
        const about = 'step "predict": artifact "models/houses": model "us/';
        expect(problems).to.have.length(3);
        expect(problems[0]).to.contain(`${about}damaged.tar.gz": the gzip is damaged`);
        expect(problems[1]).to.equal(
            `${about}root.tar.gz": "/etc/passwd" is an absolute path; paths in an archive are relative`,
        );
        expect(problems[2]).to.equal(`${about}up.tar.gz": "../up" holds ".."; paths in an archive lead down only`);
    });
});
