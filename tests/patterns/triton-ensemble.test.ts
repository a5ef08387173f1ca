import { rmSync } from "node:fs";
import { expect } from "chai";
import { extract } from "tar";
import type { RecordedResource } from "../../local/graph/recorded-resource.ts";
import { TritonEnsemble, type TritonEnsembleArgs } from "../../patterns/triton-ensemble.ts";
import type { EndpointSettings } from "../../plans/endpoint.ts";
import type { Step } from "../../plans/step.ts";
import type { Ensemble } from "../../plans/triton/ensemble.ts";
import type { Compute, Model } from "../../plans/triton/model.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";
import { only, record } from "../support/record.ts";

const tensor = (name: string) => ({ name, dataType: "TYPE_FP32", dims: [4] }) as const;
const model = (name: string, compute: Compute): Model => ({
    name,
    backend: "python",
    maxBatchSize: 8,
    inputs: [tensor("X")],
    outputs: [tensor("Y")],
    compute,
});
const ensemble = (first: Compute, second: Compute): Ensemble => ({
    name: "line",
    maxBatchSize: 8,
    inputs: [tensor("X")],
    outputs: [tensor("Y")],
    steps: [
        { modelName: "clean", inputMap: { X: "X" }, outputMap: { Y: "between" } },
        { modelName: "predict", inputMap: { X: "between" }, outputMap: { Y: "Y" } },
    ],
    models: [model("clean", first), model("predict", second)],
});

const CPU: Compute = { kind: "cpu" };
const GPU: Compute = { kind: "gpu" };
const FOR_CPU = { prebuilt: { name: "sagemaker-tritonserver", version: "25.09-py3-cpu" } };
const FOR_GPU = { prebuilt: { name: "sagemaker-tritonserver", version: "25.09-py3" } };
const OF_NVIDIA = { mirror: "nvcr.io/nvidia/tritonserver:24.09-py3", local: { folder: "containers/some" } };
const onGpu = { name: "app-test", instanceType: "ml.g5.xlarge" };

const step: Step = {
    name: "scans",
    image: FOR_CPU,
    artifact: { path: "models/line" },
    triton: ensemble(CPU, CPU),
};

const args = (other: Partial<Step> = {}, endpoint: EndpointSettings = {}): TritonEnsembleArgs => ({
    step: { ...step, ...other },
    endpoint: { name: "app-test", ...endpoint },
});
const deploy = (...given: Parameters<typeof args>) => record(() => new TritonEnsemble("app", args(...given)));
const containerOf = (resources: readonly RecordedResource[]) =>
    only(resources, "aws:sagemaker/model:Model").inputs["primaryContainer"] as Record<string, unknown>;

/** What refuses, and that nothing was registered. */
async function refusal(...given: Parameters<typeof args>): Promise<string> {
    let message = "accepted";
    const resources = await record(() => {
        try {
            new TritonEnsemble("app", args(...given));
        } catch (error) {
            message = (error as Error).message;
        }
    });
    expect(resources).to.deep.equal([]);
    return message;
}

describe("TritonEnsemble", () => {
    let folder: ProjectFolder;
    beforeEach(() => {
        folder = projectFolder({
            "containers/some/Dockerfile": "FROM scratch",
            "models/line/clean/1/model.py": "clean",
            "models/line/predict/1/model.py": "predict",
            "models/line/predict/2/model.py": "predict better",
        });
    });
    afterEach(() => {
        folder.remove();
    });

    it("packs the models' files with a configuration for each and for the ensemble", async () => {
        const source = only(await deploy(), "aws:s3/bucketObjectv2:BucketObjectv2").inputs["source"];
        const entries: string[] = [];
        await extract({
            file: (source as { asset: string }).asset,
            cwd: folder.path,
            filter: (path) => entries.push(path) < 0,
        });
        expect(entries).to.deep.equal([
            "clean/",
            "clean/1/",
            "clean/1/model.py",
            "clean/config.pbtxt",
            "line/",
            "line/1/",
            "line/1/README",
            "line/config.pbtxt",
            "predict/",
            "predict/1/",
            "predict/1/model.py",
            "predict/2/",
            "predict/2/model.py",
            "predict/config.pbtxt",
        ]);
    });

    it("has another artifact where only the description changed, and the same where nothing did", async () => {
        const url = async (...given: Parameters<typeof args>) => containerOf(await deploy(...given))["modelDataUrl"];
        const before = await url();
        expect(await url()).to.equal(before);
        expect(await url({ triton: { ...ensemble(CPU, CPU), maxBatchSize: 4 } })).not.to.equal(before);
    });

    it("uploads the same files one by one where the artifact is not compressed", async () => {
        const resources = await deploy({ artifact: { path: "models/line", compression: "none" } });
        const sources = resources
            .filter(({ type }) => type === "aws:s3/bucketObjectv2:BucketObjectv2")
            .map(({ name, inputs }) => [name, Object.keys(inputs["source"] as object)]);
        expect(sources).to.have.deep.members([
            ["app-scans-clean/1/model.py", ["asset"]],
            ["app-scans-clean/config.pbtxt", ["text"]],
            ["app-scans-line/1/README", ["text"]],
            ["app-scans-line/config.pbtxt", ["text"]],
            ["app-scans-predict/1/model.py", ["asset"]],
            ["app-scans-predict/2/model.py", ["asset"]],
            ["app-scans-predict/config.pbtxt", ["text"]],
        ]);
    });

    it("tells the start-up script which model to load, and to be quiet", async () => {
        expect(containerOf(await deploy())["environment"]).to.deep.equal({
            SAGEMAKER_TRITON_DEFAULT_MODEL_NAME: "line",
            SAGEMAKER_TRITON_LOG_VERBOSE: "false",
        });
        const loud = { SAGEMAKER_TRITON_LOG_VERBOSE: "true" };
        expect(containerOf(await deploy({ environment: loud }))["environment"]).to.deep.include(loud);
    });

    const { models, ...rest } = ensemble(CPU, CPU);
    const cached = { ...rest, models: models.map((one) => ({ ...one, responseCache: true })) };

    it("opens the cache that a model with a response cache needs", async () => {
        expect(containerOf(await deploy({ triton: cached }))["environment"]).to.deep.include({
            SAGEMAKER_TRITON_ADDITIONAL_ARGS: "--cache-config=local,size=67108864",
        });
    });

    it("refuses arguments of the step's own that would leave the cache closed", async () => {
        const withArguments = (text: string) => ({ environment: { SAGEMAKER_TRITON_ADDITIONAL_ARGS: text } });
        expect(await refusal({ ...withArguments("--rate-limit=off"), triton: cached })).to.include(
            'step "scans": environment key "SAGEMAKER_TRITON_ADDITIONAL_ARGS" is "--rate-limit=off", which leaves models with ' +
                "responseCache without a cache; accepted: the same with --cache-config=local,size=67108864, or another size",
        );
        const larger = withArguments("--cache-config=local,size=134217728");
        expect(containerOf(await deploy({ ...larger, triton: cached }))["environment"]).to.deep.include(
            larger.environment,
        );
        const uncached = withArguments("--rate-limit=off");
        expect(containerOf(await deploy(uncached))["environment"]).to.deep.include(uncached.environment);
    });

    for (const [what, image, triton, endpoint] of [
        ["all on CPU", FOR_CPU, ensemble(CPU, CPU), { instanceType: "ml.c7i.large" }],
        ["CPU and GPU", FOR_GPU, ensemble({ kind: "cpu", count: 2 }, { kind: "gpu", gpus: [0] }), onGpu],
        ["all on GPU, of NVIDIA's own image", OF_NVIDIA, ensemble(GPU, GPU), onGpu],
    ] as const) {
        it(`takes ${what}, by config alone`, async () => {
            const resources = await deploy({ image, triton }, endpoint);
            const { productionVariants } = only(
                resources,
                "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
            ).inputs;
            expect(productionVariants).to.have.nested.property("[0].instanceType", endpoint.instanceType);
            const tag = "prebuilt" in image ? `sagemaker-tritonserver:${image.prebuilt.version}` : "app-scans";
            expect(containerOf(resources)["image"]).to.include(tag);
        });
    }

    it("names the driver's image for newer versions of CUDA", async () => {
        const inferenceAmiVersion = "al2023-ami-sagemaker-inference-gpu-4-1" as const;
        const resources = await deploy({ image: FOR_GPU }, { ...onGpu, inferenceAmiVersion });
        const { productionVariants } = only(
            resources,
            "aws:sagemaker/endpointConfiguration:EndpointConfiguration",
        ).inputs;
        expect(productionVariants).to.have.nested.property("[0].inferenceAmiVersion", inferenceAmiVersion);
    });

    it("warns of a description with which some requests fail", async () => {
        const { outputs, ...rest } = ensemble(CPU, CPU);
        const log: string[] = [];
        const triton = { ...rest, outputs: [...outputs, tensor("between")] };
        await record(() => new TritonEnsemble("app", args({ triton })), log);
        expect(log.join("\n")).to.include('triton: step 1 "clean" makes nothing but outputs of the ensemble');
    });

    describe("refuses", () => {
        for (const [what, other, endpoint, said] of [
            [
                "a GPU group on a CPU instance",
                { triton: ensemble(CPU, GPU) },
                {},
                'variant "main": step "scans": model "predict": compute.kind gpu on ml.m5.large, which has no NVIDIA GPU; accepted: an instance type with one, such as ml.g5.xlarge, or kind cpu',
            ],
            [
                "a GPU that the instance lacks",
                { image: FOR_GPU, triton: ensemble(CPU, { kind: "gpu", gpus: [0, 1] }) },
                onGpu,
                'variant "main": step "scans": model "predict": compute.gpus 1 on ml.g5.xlarge; accepted: 0 to 0',
            ],
            [
                "an image for GPUs on a CPU instance",
                { image: FOR_GPU },
                {},
                'variant "main": step "scans": image tag "25.09-py3" needs a GPU, and ml.m5.large has none; accepted: "25.09-py3-cpu"',
            ],
            [
                "an image for GPUs' drivers on a CPU instance",
                {},
                { inferenceAmiVersion: "al2-ami-sagemaker-inference-gpu-2" as const },
                'variant "main": inferenceAmiVersion al2-ami-sagemaker-inference-gpu-2 on ml.m5.large; it is for instances with NVIDIA\'s GPUs, such as ml.g5.xlarge',
            ],
            [
                "a mistake in the ensemble",
                { triton: { ...ensemble(CPU, CPU), maxBatchSize: 16 } },
                {},
                'step "scans": triton: step 1 "clean": ',
            ],
            [
                "a name that the ensemble says already",
                { environment: { SAGEMAKER_TRITON_DEFAULT_MODEL_NAME: "predict" } },
                {},
                'step "scans": environment key "SAGEMAKER_TRITON_DEFAULT_MODEL_NAME" is set from triton.name; leave it out',
            ],
            [
                "models that are in S3",
                { artifact: { uri: "s3://bucket/repository/", compression: "none" } },
                {},
                'step "scans": triton needs artifact.path, the folder with a folder for each of its models, so that each config.pbtxt can be generated',
            ],
            [
                "many models",
                { artifact: { models: "models/line" }, multiModel: {} },
                {},
                'step "scans": triton describes one ensemble, and multiModel holds many repositories',
            ],
            [
                "a type of its own for answers",
                { responseType: "text/csv" },
                {},
                'step "scans": responseType: Triton answers in the form that the request asks for; leave it out',
            ],
            [
                "another server",
                { server: "step-server" },
                {},
                'step "scans": triton needs server triton-server, not step-server; leave "server" out',
            ],
        ] as const satisfies readonly (readonly [string, Partial<Step>, EndpointSettings, string])[]) {
            it(what, async () => {
                expect(await refusal(other, endpoint)).to.include(said);
            });
        }

        it("a step without an ensemble", async () => {
            const { triton, ...plain } = step;
            expect(triton).not.to.equal(undefined);
            let message = "";
            await record(() => {
                try {
                    new TritonEnsemble("app", { step: plain, endpoint: { name: "app-test" } });
                } catch (error) {
                    message = (error as Error).message;
                }
            });
            expect(message).to.include('step "scans" describes no ensemble; name it under triton');
        });

        it("every model whose folder lacks something, and files that are no model's, all at once", async () => {
            rmSync("models/line/clean/1/model.py");
            folder.write("models/line/clean/1/weights", "");
            folder.write("models/line/predict/config.pbtxt", "");
            folder.write("models/line/line/1/notes", "");
            folder.write("models/line/other/1/model.py", "");
            const message = await refusal();
            for (const problem of [
                'folder of model "clean": there is no 1/model.py',
                'folder of model "predict": config.pbtxt is generated from the stack\'s config; leave it out of the folder',
                '"other" belongs to no model of the ensemble; accepted: clean, predict',
                'folder "line" is the ensemble\'s own, which is generated; leave it out',
            ])
                expect(message).to.include(`step "scans": artifact "models/line": ${problem}`);
        });
    });
});
