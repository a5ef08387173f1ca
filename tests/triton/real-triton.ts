import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { request } from "undici";
import { freePort } from "../../local/launcher/free-port.ts";
import { type Guarded, spawnGuarded } from "../../local/launcher/spawn-guarded.ts";
import { tritonInterpreter } from "./python.ts";

const START_MS = 30_000;
const SHARED_MEMORY = "/dev/shm";

/** A model that answers each of its outputs with its first input, as far as that has the right type. */
export const MODEL = `import json
import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def initialize(self, args):
        config = json.loads(args["model_config"])
        self.input = config["input"][0]["name"]
        self.outputs = [output["name"] for output in config["output"]]

    def execute(self, requests):
        arrays = [pb_utils.get_input_tensor_by_name(request, self.input).as_numpy() for request in requests]
        return [
            pb_utils.InferenceResponse([pb_utils.Tensor(name, array) for name in self.outputs]) for array in arrays
        ]
`;

const WHERE = "import sys, sysconfig; print(sysconfig.get_path('purelib')); print('%d.%d' % sys.version_info[:2])";

/** NVIDIA's Triton server out of nvidia-pytriton's wheel, with an empty model repository; models are loaded when told. */
export class RealTriton {
    readonly #folder = mkdtempSync(join(tmpdir(), "triton-"));
    #server: Guarded | undefined;
    #origin = "";
    #log = "";

    /** @param args more of the server's own arguments */
    async start(args: readonly string[] = []): Promise<void> {
        const python = tritonInterpreter();
        const [packages = "", version = ""] = execFileSync(python, ["-c", WHERE], { encoding: "utf8" }).split("\n");
        const triton = join(packages, "pytriton", "tritonserver");
        const backend = join(this.#folder, "backends", "python");
        mkdirSync(backend, { recursive: true });
        mkdirSync(join(this.#folder, "models"));
        for (const file of ["libtriton_python.so", "triton_python_backend_utils.py"]) {
            symlinkSync(join(triton, "backends", "python", file), join(backend, file));
        }
        const stub = "triton_python_backend_stub"; // one for each version of Python, and the backend looks for it beside itself
        symlinkSync(join(triton, "python_backend_stubs", version, stub), join(backend, stub));
        const port = await freePort();
        this.#origin = `http://127.0.0.1:${port}`;
        this.#server = spawnGuarded({
            python,
            command: [
                join(triton, "bin", "tritonserver"),
                `--model-repository=${join(this.#folder, "models")}`,
                `--backend-directory=${join(this.#folder, "backends")}`,
                "--model-control-mode=explicit",
                "--http-address=127.0.0.1",
                `--http-port=${port}`,
                "--allow-grpc=false",
                "--allow-metrics=false",
                `--backend-config=python,shm-region-prefix-name=${basename(this.#folder)}-`,
                ...args,
            ],
            environment: {
                PATH: `${dirname(python)}:${process.env["PATH"] ?? ""}`,
                LD_LIBRARY_PATH: join(packages, "nvidia_pytriton.libs"),
                TMPDIR: this.#folder,
                PYTHONDONTWRITEBYTECODE: "1",
            },
            graceSeconds: 1, // nothing is in flight, and it would end each model's process in a second of its own
        });
        for (const stream of [this.#server.stdout, this.#server.stderr]) {
            stream.on("data", (chunk: Buffer) => (this.#log = (this.#log + chunk.toString()).slice(-20_000)));
        }
        const deadline = performance.now() + START_MS;
        while (!(await this.#isReady())) {
            if (performance.now() > deadline || this.#server.exitCode !== null) {
                throw new Error(`Triton did not start:\n${this.#log}`);
            }
            await setTimeout(50);
        }
    }

    async stop(): Promise<void> {
        const server = this.#server;
        if (server?.exitCode === null) {
            const closed = new Promise((resolve) => server.once("close", resolve));
            server.stdin.end();
            await closed;
        }
        rmSync(this.#folder, { recursive: true, force: true });
        // what Python models shared with the server that ended before them
        for (const file of readdirSync(SHARED_MEMORY).filter((name) => name.startsWith(`${basename(this.#folder)}-`))) {
            rmSync(join(SHARED_MEMORY, file), { force: true });
        }
    }

    async #isReady(): Promise<boolean> {
        return fetch(`${this.#origin}/v2/health/ready`).then(
            ({ status }) => status === 200,
            () => false,
        );
    }

    /** Puts files into the repository; paths start with a model's name. */
    write(files: Readonly<Record<string, string>>): void {
        for (const [path, content] of Object.entries(files)) {
            const file = join(this.#folder, "models", path);
            mkdirSync(dirname(file), { recursive: true });
            writeFileSync(file, content);
        }
    }

    /** Takes a model's folder out of the repository. */
    remove(name: string): void {
        rmSync(join(this.#folder, "models", name), { recursive: true });
    }

    /** Each request on a connection of its own: Triton may close one just when it is used again. */
    async #post(path: string, body: unknown): Promise<{ readonly ok: boolean; readonly text: string }> {
        const { statusCode, body: answer } = await request(`${this.#origin}${path}`, {
            method: "POST",
            body: JSON.stringify(body),
            reset: true,
        });
        return { ok: statusCode === 200, text: await answer.text() };
    }

    /** Loads a model, with those that it is made of. @returns why Triton refuses it, or undefined */
    async load(name: string): Promise<string | undefined> {
        const { ok, text } = await this.#post(`/v2/repository/models/${encodeURIComponent(name)}/load`, {});
        return ok ? undefined : text;
    }

    /** Takes a model out of service, and leaves in service those that it is made of. */
    async unload(name: string): Promise<void> {
        const { ok, text } = await this.#post(`/v2/repository/models/${encodeURIComponent(name)}/unload`, {});
        if (!ok) throw new Error(text);
    }

    /** What the model answers to a request in KServe's second protocol. */
    async infer(name: string, content: unknown): Promise<unknown> {
        return JSON.parse((await this.#post(`/v2/models/${name}/infer`, content)).text);
    }
}
