import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type ProjectFolder, projectFolder } from "../../support/project-folder.ts";
import { lineConfig, pythonConfig, pythonModel, tensors, TritonServer } from "./support/triton-server.ts";

const ONE_ROW = { name: "X", datatype: "FP32", shape: [1, 4], data: [1, 2, 3, 4] };

/** A repository of an ensemble whose one step adds a number; the step's name is its own. */
const repository = (folder: string, added: number) => ({
    [`models/${folder}/model/line/config.pbtxt`]: lineConfig("line", [`add_${added}`]),
    [`models/${folder}/model/add_${added}/config.pbtxt`]: pythonConfig(`add_${added}`),
    [`models/${folder}/model/add_${added}/1/model.py`]: pythonModel(`return x + ${added}`),
});

describe("a local Triton for many models", function () {
    this.timeout(300_000); // the first run installs Triton's and the models' packages

    let folder: ProjectFolder;
    let server: TritonServer;
    before(async () => {
        folder = projectFolder({ ...repository("hash1", 1), ...repository("hash10", 10) });
        for (const name of ["hash1", "hash10"]) mkdirSync(join(folder.path, `models/${name}/model/line/1`));
        server = new TritonServer(folder.path, { SAGEMAKER_MULTI_MODEL: "true" });
        await server.container.start();
    });
    after(async () => {
        await server.container.stop();
        folder.remove();
    });

    const load = (name: string, path = name) =>
        server.send(
            "POST",
            "/models",
            JSON.stringify({ model_name: name, url: join(folder.path, `models/${path}/model`) }),
        );
    const invoke = (name: string) => server.invoke([ONE_ROW], `/models/${name}/invoke`);
    const names = async () => {
        const { models } = JSON.parse((await server.send("GET", "/models")).body.toString()) as {
            models: { modelName: string }[];
        };
        return models.map(({ modelName }) => modelName).sort();
    };

    it("answers /ping before any model is loaded", async () => {
        expect((await server.send("GET", "/ping")).status).to.equal(200);
        expect(await names()).to.deep.equal([]);
    });

    it("loads two ensembles side by side, answers with each, and unloads one", async () => {
        expect((await load("hash1")).status).to.equal(200);
        expect((await load("hash10")).status).to.equal(200);
        expect(await names()).to.deep.equal(["hash1", "hash10"]);
        for (const [name, data] of [
            ["hash1", [2, 3, 4, 5]],
            ["hash10", [11, 12, 13, 14]],
        ] as const) {
            expect(tensors(await invoke(name))["Y"]?.data).to.deep.equal(data);
        }
        expect((await load("hash1")).status).to.equal(409);

        expect((await server.send("DELETE", "/models/hash1")).status).to.equal(200);
        expect((await invoke("hash1")).status).to.equal(404);
        expect((await server.send("DELETE", "/models/hash1")).status).to.equal(404);
        expect(tensors(await invoke("hash10"))["Y"]?.data).to.deep.equal([11, 12, 13, 14]);
    });

    it("refuses a repository that is not there, and goes on", async () => {
        expect((await load("nowhere")).status).to.equal(400);
        expect((await server.send("GET", "/ping")).status).to.equal(200);
    });
});
