import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { isAlive } from "../../../local/launcher/file-lock.ts";
import { type ProjectFolder, projectFolder } from "../../support/project-folder.ts";
import { lineConfig, pythonConfig, pythonModel, tensors, TritonServer } from "./support/triton-server.ts";

const ONE_ROW = { name: "X", datatype: "FP32", shape: [1, 4], data: [1, 2, 3, 4] };
const BINARY = "application/vnd.sagemaker-triton.binary+json;json-header-size=";
const GPU_GROUP = "instance_group [ { count: 1 kind: KIND_GPU gpus: [ 0 ] } ]";

/** Doubles, then adds one. */
const LINE = {
    "model/double/config.pbtxt": pythonConfig("double", `${GPU_GROUP} # where there is one\ndynamic_batching { }`),
    "model/double/1/model.py": pythonModel("return x * 2"),
    "model/increment/config.pbtxt": pythonConfig("increment"),
    "model/increment/1/model.py": pythonModel("return x + 1"),
    "model/line/config.pbtxt": lineConfig("line", ["double", "increment"]),
};
/** Loads once a file `gate` is there, and tells which processes run it: its own, and Triton. */
const GATED = {
    "model/gated/config.pbtxt": pythonConfig("gated"),
    "model/gated/1/model.py": pythonModel(
        "return np.float32([[os.getpid(), os.getppid(), 0, 0]])",
        `
        print("at the gate", flush=True)
        while not os.path.exists(os.environ["HOME"] + "/gate"):
            time.sleep(0.02)`,
    ),
};

/** Parts of shared memory that belong to a server. */
const regionsOf = (server: number): string[] =>
    readdirSync("/dev/shm").filter((name) => name.startsWith(`triton_server_${server}_`));

/** The addresses at which something listens on a port, in hexadecimal, as Linux lists them. */
function listenedAt(port: number): string[] {
    const wanted = port.toString(16).toUpperCase().padStart(4, "0");
    return ["/proc/net/tcp", "/proc/net/tcp6"]
        .flatMap((file) => readFileSync(file, "utf8").split("\n").slice(1))
        .map((line) => line.trim().split(/\s+/))
        .flatMap(([, local = "", , state]) => {
            const [address = "", at] = local.split(":");
            return state === "0A" && at === wanted ? [address] : [];
        });
}

describe("a local Triton", function () {
    this.timeout(300_000); // the first run installs Triton's and the models' packages

    let folder: ProjectFolder;
    let server: TritonServer;
    const serve = (files: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>> = {}) => {
        folder = projectFolder(files);
        server = new TritonServer(folder.path, environment);
        return server;
    };
    const end = async () => {
        await server.container.stop();
        folder.remove();
    };

    /** Ends the server, and sees that its processes and its shared memory go with it. */
    async function expectNothingLeft(stop: () => Promise<void>): Promise<void> {
        const [model = 0, triton = 0] = (tensors(await server.invoke([ONE_ROW]))["Y"]?.data ?? []) as number[];
        expect([model, triton].map(isAlive)).to.deep.equal([true, true]);
        expect(regionsOf(triton)).to.have.length.greaterThan(0);
        await stop();
        expect([model, triton].map(isAlive)).to.deep.equal([false, false]);
        expect(regionsOf(triton)).to.deep.equal([]);
        folder.remove();
    }

    describe("that serves an ensemble", () => {
        before(async () => {
            const { container } = serve(LINE, { SAGEMAKER_TRITON_DEFAULT_MODEL_NAME: "line" });
            mkdirSync(join(folder.path, "model/line/1"));
            await container.start();
        });
        after(end);

        it("answers KServe's JSON", async () => {
            const answer = await server.invoke([{ ...ONE_ROW, shape: [2, 4], data: [1, 2, 3, 4, 5, 6, 7, 8] }]);
            expect(answer).to.include({ status: 200, type: "application/json" });
            expect(tensors(answer)["Y"]).to.deep.equal({
                name: "Y",
                datatype: "FP32",
                shape: [2, 4],
                data: [3, 5, 7, 9, 11, 13, 15, 17],
            });
        });

        it("answers SageMaker's binary form in kind", async () => {
            const values = Buffer.from(new Float32Array([1, 2, 3, 4]).buffer);
            const { name, datatype, shape } = ONE_ROW;
            const header = JSON.stringify({
                inputs: [{ name, datatype, shape, parameters: { binary_data_size: values.length } }],
                outputs: [{ name: "Y", parameters: { binary_data: true } }],
            });
            const body = Buffer.concat([Buffer.from(header), values]);
            const answer = await server.send("POST", "/invocations", body, `${BINARY}${header.length}`);
            expect(answer.status).to.equal(200);
            expect(answer.type.startsWith(BINARY)).to.equal(true);
            const size = Number(answer.type.slice(BINARY.length));
            const made = Uint8Array.from(answer.body.subarray(size));
            expect([...new Float32Array(made.buffer)]).to.deep.equal([3, 5, 7, 9]);
        });

        for (const [what, body, type, reason] of [
            ["an input that it has not", JSON.stringify({ inputs: [{ ...ONE_ROW, name: "Z" }] }), "", "Z"],
            [
                "another shape",
                JSON.stringify({ inputs: [{ ...ONE_ROW, shape: [1, 3], data: [1, 2, 3] }] }),
                "",
                "[-1,4]",
            ],
            ["another type", JSON.stringify({ inputs: [{ ...ONE_ROW, datatype: "INT32" }] }), "", "data-type"],
            [
                "too large a batch",
                JSON.stringify({ inputs: [{ ...ONE_ROW, shape: [5, 4], data: Array(20).fill(0) }] }),
                "",
                "<= 4",
            ],
            ["no JSON", "{", "", "failed to parse the request JSON"],
            ["a header larger than all", "{}", `${BINARY}999`, "inference header size should be in range (0, 2)"],
        ] as const) {
            it(`refuses ${what}, and says so`, async () => {
                const answer = await server.send("POST", "/invocations", body, type === "" ? "application/json" : type);
                expect(answer.status).to.equal(body === "{" ? 500 : 400); // Triton takes broken JSON for a fault of its own
                const { error } = JSON.parse(answer.body.toString()) as { error: string };
                expect(error).to.contain(reason);
            });
        }

        it("listens on 127.0.0.1 alone", () => {
            const { port } = new URL(server.container.origin);
            expect(listenedAt(Number(port))).to.deep.equal(["0100007F"]);
        });

        it("runs a group for a GPU on CPU where there is none, says so, and changes nothing else", () => {
            expect(server.said).to.include(
                "[triton] WARNING: model double is meant for a GPU, and there is none on this machine: it runs on CPU",
            );
            const config = readFileSync(join(folder.path, "model/double/config.pbtxt"), "utf8");
            expect(config.replace(/instance_group.*?\]/, "")).to.equal(
                LINE["model/double/config.pbtxt"].replace(GPU_GROUP, ""),
            );
            expect(config).to.match(/instance_group \[ \{ kind: KIND_CPU\s+count: 1\s+\} \]/);
        });

        it("logs in lines that people read", () => {
            expect(
                server.said.filter((line) => line.includes("[triton] info: Started Sagemaker HTTPService at")),
            ).to.have.length(1);
        });
    });

    it("answers /ping once its model is loaded, not before, and leaves nothing when it is told to end", async () => {
        const { container, said } = serve(GATED);
        let hasStarted = false;
        const started = container.start().then(() => (hasStarted = true));
        const atGate = async () => {
            while (!said.some((line) => line.includes("at the gate"))) await setTimeout(20);
        };
        await Promise.race([started, atGate()]);
        expect(hasStarted).to.equal(false);
        folder.write("gate", "");
        await started;
        expect((await server.send("GET", "/ping")).status).to.equal(200);
        await expectNothingLeft(() => container.stop());
    });

    it("leaves nothing when it is killed", async () => {
        const { container } = serve({ ...GATED, gate: "" });
        await container.start();
        await expectNothingLeft(() => {
            container.kill();
            return container.stop();
        });
    });

    describe("does not start", () => {
        for (const [what, files, environment, reason] of [
            [
                "with several models and no name of the one to load",
                LINE,
                {},
                "has double, increment, line. Set SAGEMAKER_TRITON_DEFAULT_MODEL_NAME to one of them",
            ],
            [
                "with the name of a model that is not there",
                LINE,
                { SAGEMAKER_TRITON_DEFAULT_MODEL_NAME: "lime" },
                "SAGEMAKER_TRITON_DEFAULT_MODEL_NAME lime does not exist",
            ],
            ["with a model's files at the root", { "model/config.pbtxt": "" }, {}, "has a config.pbtxt at its root"],
            ["without a model", { "model/notes.txt": "" }, {}, "No model found in model repository"],
            [
                "for an inference type that nobody knows",
                LINE,
                { SAGEMAKER_TRITON_DEFAULT_MODEL_NAME: "line", SAGEMAKER_TRITON_INFERENCE_TYPE: "guess" },
                "Must be one of: infer, generate, generate_stream",
            ],
            [
                "with a model that fails to load",
                {
                    "model/broken/config.pbtxt": pythonConfig("broken"),
                    "model/broken/1/model.py": pythonModel("return x", 'raise OSError("no weights")'),
                },
                {},
                "OSError: no weights",
            ],
        ] as const) {
            it(what, async () => {
                const { container } = serve(files, environment);
                const error: unknown = await container.start().catch((thrown: unknown) => thrown);
                expect(error).to.be.instanceOf(Error).with.property("message").that.contains(reason);
                expect(error).to.have.property("message").that.contains("exited with code 1 before it answered /ping");
                await end();
            });
        }
    });
});
