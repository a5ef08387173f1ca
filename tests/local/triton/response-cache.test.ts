import { expect } from "chai";
import { freePort } from "../../../local/launcher/free-port.ts";
import type { Ensemble } from "../../../plans/triton/ensemble.ts";
import { tritonProblems } from "../../../plans/triton/problems.ts";
import { repositoryFiles } from "../../../plans/triton/repository.ts";
import { tritonEnvironment } from "../../../plans/triton/triton-step.ts";
import { pythonModel } from "../../support/triton/palette.ts";
import { type ProjectFolder, projectFolder } from "../../support/project-folder.ts";
import { pythonModel as modelFile, tensors, TritonServer } from "./support/triton-server.ts";

const FOUR = ["TYPE_FP32", [4]] as const;
const model = (name: string, responseCache: boolean) => ({
    ...pythonModel(name, [FOUR], [FOUR], { maxBatchSize: 4, responseCache }),
    inputs: [{ name: "X", dataType: "TYPE_FP32", dims: [4] }] as const,
    outputs: [{ name: "Y", dataType: "TYPE_FP32", dims: [4] }] as const,
});
const ensemble: Ensemble = {
    name: "line",
    maxBatchSize: 4,
    inputs: [{ name: "x", dataType: "TYPE_FP32", dims: [4] }],
    outputs: [{ name: "y", dataType: "TYPE_FP32", dims: [4] }],
    steps: [
        { modelName: "kept", inputMap: { X: "x" }, outputMap: { Y: "m" } },
        { modelName: "made", inputMap: { X: "m" }, outputMap: { Y: "y" } },
    ],
    models: [model("kept", true), model("made", false)],
};

describe("a model with a response cache in a real Triton", function () {
    this.timeout(60_000);
    let folder: ProjectFolder;
    let server: TritonServer;
    let metrics = 0;
    before(async () => {
        expect(tritonProblems(ensemble)).to.deep.equal([]);
        const files = Object.entries(repositoryFiles(ensemble)).map(([path, text]) => [`model/${path}`, text]);
        folder = projectFolder(Object.fromEntries(files) as Record<string, string>);
        for (const { name } of ensemble.models) {
            const run = `print("${name} runs", flush=True); return x + 1`;
            folder.write(`model/${name}/1/model.py`, modelFile(run));
        }
        metrics = await freePort();
        server = new TritonServer(folder.path, {
            ...tritonEnvironment(ensemble),
            SAGEMAKER_TRITON_ALLOW_METRICS: "true",
            SAGEMAKER_TRITON_METRICS_PORT: String(metrics),
        });
        await server.container.start();
    });
    after(async () => {
        await server.container.stop();
        folder.remove();
    });

    const ask = async (first: number) => {
        const data = [first, 2, 3, 4];
        return tensors(await server.invoke([{ name: "x", datatype: "FP32", shape: [1, 4], data }]))["y"]?.data;
    };
    const runs = (name: string) => server.said.filter((line) => line.includes(`${name} runs`)).length;

    it("does not run for a request that comes again, where a model without one does", async () => {
        expect([await ask(1), await ask(1), await ask(7), await ask(1)]).to.deep.equal([
            [3, 4, 5, 6],
            [3, 4, 5, 6],
            [9, 4, 5, 6],
            [3, 4, 5, 6],
        ]);
        expect([runs("kept"), runs("made")]).to.deep.equal([2, 4]);
    });

    it("counts in Triton's own metrics what came from the cache", async () => {
        const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text();
        const count = (name: string) =>
            Number(new RegExp(`^${name}_per_model{model="kept",.*} (\\d+)$`, "m").exec(text)?.[1]);
        expect([count("nv_cache_num_hits"), count("nv_cache_num_misses")]).to.deep.equal([2, 2]);
    });
});
