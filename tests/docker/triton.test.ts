import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { type LocalHost, startLocalHost } from "../../tools/local-host.ts";

/** The Python that Triton's image is made from; its own image cannot be pulled everywhere: `BASE_IMAGE=… npm run test:docker`. */
const baseImage = process.env["BASE_IMAGE"];
const SERVER = "serial-inference-triton-server";
/** The stack triton, for a server without CUDA. */
const STACK = "triton-without-cuda";
const FILE = `Pulumi.${STACK}.yaml`;
const FOLDER = "folder: containers/triton";
/** Bytes of memory that a container's processes share unless the engine is told otherwise. */
const DOCKERS_OWN = 64 * 2 ** 20;
const EXAMPLE = "examples/triton.json";

function docker(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync("docker", args, {
        encoding: "utf8",
        env: { ...process.env, DOCKER_BUILDKIT: "1" },
    });
    if (status !== 0) throw new Error(`docker ${args.join(" ")} failed: ${stderr}`);
    return stdout.trim();
}

const containers = (): string[] =>
    docker("ps", "--all", "--quiet", "--filter", "name=serial-inference-scans-").split("\n").filter(Boolean);

interface Inspected {
    readonly HostConfig: {
        readonly ShmSize: number;
        readonly Mounts: readonly { readonly Target: string }[];
        readonly PortBindings: Readonly<Record<string, readonly { readonly HostIp: string }[]>>;
    };
    readonly Config: { readonly Env: readonly string[]; readonly Cmd: readonly string[] };
}

describe("stack triton in a Docker engine", () => {
    let serving: LocalHost;
    let said = "";
    before(async () => {
        const given = baseImage === undefined ? [] : ["--build-arg", `BASE_IMAGE=${baseImage}`];
        docker("build", "--quiet", "--tag", SERVER, "--file", "tests/docker/triton/Dockerfile", ...given, "containers");
        const stack = readFileSync("Pulumi.triton.yaml", "utf8");
        expect(stack).to.include(FOLDER);
        writeFileSync(FILE, stack.replace(FOLDER, `{ ${FOLDER}, args: { ONNXRUNTIME: onnxruntime } }`));
        try {
            serving = await startLocalHost("--stack", STACK, "--docker", "--base-image", SERVER);
        } finally {
            rmSync(FILE);
        }
        serving.child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    });
    after(async () => {
        serving.child.kill("SIGINT");
        await serving.ended;
    });

    it("reads and groups scans, in the models that are meant for a GPU as well", async () => {
        const response = await fetch(serving.url, {
            method: "POST",
            body: readFileSync(EXAMPLE),
            headers: { "content-type": "application/json" },
        });
        const { outputs } = (await response.json()) as {
            outputs: readonly { readonly name: string; readonly data: readonly unknown[] }[];
        };
        expect(response.status).to.equal(200);
        expect(outputs.find(({ name }) => name === "THEME")?.data).to.deep.equal(["invoices", ""]);
    });

    it("starts the image's `serve` as SageMaker does, with memory to share for its models' processes", () => {
        const [container = "", ...others] = containers();
        expect(others).to.deep.equal([]);
        const [{ HostConfig, Config }] = JSON.parse(docker("inspect", container)) as [Inspected];
        expect(Config.Cmd).to.deep.equal(["serve"]);
        expect(HostConfig.Mounts.map(({ Target }) => Target)).to.deep.equal(["/opt/ml/model"]);
        const port = Config.Env.find((entry) => entry.startsWith("SAGEMAKER_BIND_TO_PORT="))?.split("=")[1] ?? "";
        expect(HostConfig.PortBindings[`${port}/tcp`]?.map(({ HostIp }) => HostIp)).to.deep.equal(["127.0.0.1"]);
        expect(Config.Env).to.include("SAGEMAKER_TRITON_DEFAULT_MODEL_NAME=scans");
        expect(HostConfig.ShmSize).to.be.greaterThan(DOCKERS_OWN);
        const shared = docker("exec", container, "df", "--output=used", "-B1", "/dev/shm").split("\n").at(-1);
        expect(Number(shared)).to.be.at.least(DOCKERS_OWN); // one more instance would not have started
    });

    it("ends Triton by SIGTERM and leaves no container", async () => {
        serving.child.kill("SIGINT");
        expect(await serving.ended).to.equal(0);
        expect(containers()).to.deep.equal([]);
        expect(said).to.include("Waiting for in-flight requests to complete"); // what Triton says to SIGTERM
    });
});
