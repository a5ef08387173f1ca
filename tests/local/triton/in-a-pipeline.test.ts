import { symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { createGateway, type Gateway } from "../../../local/gateway/gateway.ts";
import { Host } from "../../../local/host.ts";
import { findPython } from "../../../local/launcher/python.ts";
import { builtContainer, endpointOf, quietProgress } from "../../support/endpoint-on-disk.ts";
import { type ProjectFolder, projectFolder } from "../../support/project-folder.ts";
import { errorOf, invoke } from "../gateway/support/invoke.ts";
import { lineConfig, pythonConfig, pythonModel } from "./support/triton-server.ts";

/** Makes of rows of CSV what Triton takes: the JSON of KServe's protocol. */
const TO_KSERVE = `
import json
def model_fn(model_dir): return "rows"
def transform_fn(model, body, content_type, accept):
    rows = [[float(value) for value in row.split(",")] for row in body.split()]
    tensor = {"name": "X", "datatype": "FP32", "shape": [len(rows), 4], "data": rows}
    return json.dumps({"inputs": [tensor]}), "application/json"
`;
const ON_GPU = "instance_group [ { count: 1 kind: KIND_GPU } ]";
const cache = resolve(".cache");
const project = process.cwd();

/** A repository whose ensemble adds a number. */
const repository = (folder: string, added: number, more = "") => ({
    [`models/${folder}/line/config.pbtxt`]: lineConfig("line", [`add_${added}`]),
    [`models/${folder}/line/1/README`]: "",
    [`models/${folder}/add_${added}/config.pbtxt`]: pythonConfig(`add_${added}`, more),
    [`models/${folder}/add_${added}/1/model.py`]: pythonModel(`return x + ${added}`),
});

describe("a pipeline in which Triton holds many models", function () {
    this.timeout(300_000); // the first run installs packages

    let folder: ProjectFolder;
    let host: Host;
    let gateway: Gateway;
    let url: string;
    const progress = quietProgress();
    before(async () => {
        folder = projectFolder({
            "containers/rows/inference.py": TO_KSERVE,
            ...repository("europe/one", 1),
            ...repository("ten", 10, ON_GPU),
            "models/broken/line/config.pbtxt": "no: such { configuration",
        });
        symlinkSync(join(project, "containers/serving"), join(folder.path, "containers/serving"));
        host = new Host({ python: findPython(), cache, progress });
        const rows = builtContainer(join(folder.path, "containers"), "rows");
        const triton = builtContainer(join(project, "containers"), "triton");
        const served = await host.start(
            endpointOf([
                rows,
                {
                    ...triton,
                    image: { ...triton.image, kind: "built", target: "triton-server" } as typeof triton.image,
                    modelData: { kind: "models", folder: join(folder.path, "models"), uri: "s3://bucket/models/" },
                    multiModel: { cache: true },
                    environment: { SAGEMAKER_TRITON_LOG_VERBOSE: "false" },
                },
            ]),
        );
        gateway = createGateway({ endpoints: [served] });
        url = await gateway.listen(0);
    });
    after(async () => {
        await gateway.close();
        await host.stop();
        folder.remove();
    });

    const ask = (target: string, body = "1,2,3,4\n5,6,7,8") =>
        invoke(url, {
            endpoint: "test",
            body,
            headers: { "Content-Type": "text/csv", "X-Amzn-SageMaker-Target-Model": target },
        });
    const numbers = (text: string) => (JSON.parse(text) as { outputs: [{ data: number[] }] }).outputs[0].data;

    it("answers with the target's ensemble, whose request a step before it makes", async () => {
        const one = await ask("europe/one.tar.gz");
        expect(one.status, one.text).to.equal(200);
        expect(numbers(one.text)).to.deep.equal([2, 3, 4, 5, 6, 7, 8, 9]);
        expect(numbers((await ask("europe/one.tar.gz", "0,0,0,0")).text)).to.deep.equal([1, 1, 1, 1]);
    });

    it("runs a target whose groups are for GPUs, on CPU where there is none", async () => {
        const ten = await ask("ten.tar.gz", "0,0,0,0");
        expect(ten.status, ten.text).to.equal(200);
        expect(numbers(ten.text)).to.deep.equal([10, 10, 10, 10]);
    });

    it("refuses a target that is not there, and one that Triton refuses, and goes on", async () => {
        expect(errorOf(await ask("two.tar.gz"))).to.include({ status: 400, type: "ValidationError" });
        const broken = errorOf(await ask("broken.tar.gz"));
        expect(broken.status).to.be.greaterThan(399);
        expect((await ask("europe/one.tar.gz")).status).to.equal(200);
        expect(broken.Message).to.include("broken");
    });
});
