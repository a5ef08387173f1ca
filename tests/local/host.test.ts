import { execFileSync } from "node:child_process";
import { readdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";
import type { ServedEndpoint } from "../../local/gateway/served-endpoint.ts";
import type { HostedContainer } from "../../local/graph/hosted-model.ts";
import { Host } from "../../local/host.ts";
import { findPython } from "../../local/launcher/python.ts";
import { builtContainer, endpointOf, quietProgress } from "../support/endpoint-on-disk.ts";
import { until } from "../support/until.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";

const ECHO = `
import os
def model_fn(model_dir): return sorted(os.listdir(model_dir))
def transform_fn(model, body, content_type, accept):
    if body == b"crash": os._exit(3)
    return "|".join([os.environ.get("GREETING", ""), *model, str(os.getpid())]), "text/plain"
`;
const cache = resolve(".cache");
const project = process.cwd();

const isRunning = (pid: number): boolean => {
    try {
        process.kill(pid, 0);
        return true;
    } catch {
        return false;
    }
};

describe("Host", function () {
    this.timeout(120_000); // the first run installs the step server's packages

    let folder: ProjectFolder;
    let host: Host;
    let progress: ReturnType<typeof quietProgress>;
    beforeEach(() => {
        folder = projectFolder({ "containers/echo/inference.py": ECHO, "model/weights.bin": "w" });
        symlinkSync(join(project, "containers", "serving"), join(folder.path, "containers", "serving"));
        progress = quietProgress();
        host = new Host({ python: findPython(), cache, progress });
    });
    afterEach(async () => {
        await host.stop();
        folder.remove();
    });

    const context = () => join(folder.path, "containers");
    const start = (container: HostedContainer, timeout?: number) => host.start(endpointOf([container], timeout));
    const containerOf = ({ variants }: ServedEndpoint) => {
        const container = variants[0]?.containers[0];
        if (container === undefined) throw new Error("no container");
        return container;
    };
    const invoke = async (origin: string, body = "") => {
        const response = await fetch(`${origin}/invocations`, {
            method: "POST",
            body,
            headers: { "content-type": "text/plain" },
        });
        return { status: response.status, parts: (await response.text()).split("|") };
    };
    const failure = async (container: HostedContainer, timeout?: number) => {
        try {
            await start(container, timeout);
        } catch (error) {
            return (error as Error).message;
        }
        return "it started";
    };

    it("runs the container's folder with its environment and its unpacked model, on 127.0.0.1", async () => {
        const archive = join(folder.path, "model.tar.gz");
        execFileSync("tar", ["czf", archive, "-C", join(folder.path, "model"), "."]);
        const overrides = {
            environment: { GREETING: "hello" },
            modelData: { kind: "archive" as const, file: archive },
        };
        const { origin } = containerOf(await start(builtContainer(context(), "echo", overrides)));
        expect(origin).to.match(/^http:\/\/127\.0\.0\.1:\d+$/);
        expect((await invoke(origin)).parts.slice(0, 2)).to.deep.equal(["hello", "weights.bin"]);
    });

    it("lays out model data that is not compressed as it is", async () => {
        const files = [{ path: "deep/weights.bin", file: join(folder.path, "model", "weights.bin") }];
        const { origin } = containerOf(
            await start(builtContainer(context(), "echo", { modelData: { kind: "files", files } })),
        );
        expect((await invoke(origin)).parts[1]).to.equal("deep");
    });

    it("restarts a container that dies, says why, and serves again", async () => {
        const container = containerOf(await start(builtContainer(context(), "echo")));
        const before = (await invoke(container.origin)).parts.at(-1);
        await invoke(container.origin, "crash").catch(() => undefined);
        await until(() => container.unavailable !== undefined);
        expect(container.unavailable).to.equal("is being restarted, since it exited with code 3");
        await until(() => container.unavailable === undefined);
        expect((await invoke(container.origin)).parts.at(-1)).not.to.equal(before);
        expect(progress.said.join("\n")).to.contain("container echo exited with code 3; restarting it");
    });

    it("restarts a container that is killed", async () => {
        const container = containerOf(await start(builtContainer(context(), "echo")));
        process.kill(Number((await invoke(container.origin)).parts.at(-1)), "SIGKILL");
        await until(() => container.unavailable !== undefined);
        expect(container.unavailable).to.equal("is being restarted, since it was ended by signal 9");
        await until(() => container.unavailable === undefined);
        expect((await invoke(container.origin)).status).to.equal(200);
    });

    it("stops every process and removes what it unpacked", async () => {
        const container = containerOf(await start(builtContainer(context(), "echo")));
        const pid = Number((await invoke(container.origin)).parts.at(-1));
        await host.stop();
        expect(isRunning(pid)).to.equal(false);
        expect(container.unavailable).to.equal("is stopped");
        expect(readdirSync(join(cache, "run"))).not.to.include(String(process.pid));
    });

    it("shows the last lines of a container that cannot start", async () => {
        folder.write("containers/echo/inference.py", "raise RuntimeError('no weights here')");
        const message = await failure(builtContainer(context(), "echo"));
        expect(message).to.match(/^container echo exited with code 1 before it answered \/ping; its last lines:\n/);
        expect(message).to.contain("no weights here");
    });

    it("gives up on a container that does not answer /ping in time, and leaves no process", async () => {
        folder.write(
            "containers/echo/inference.py",
            "import os, time\nprint('pid', os.getpid(), flush=True)\ntime.sleep(600)\n",
        );
        const message = await failure(builtContainer(context(), "echo"), 1);
        expect(message).to.contain("container echo did not answer /ping with 200 within 1 s");
        expect(isRunning(Number(/pid (\d+)/.exec(message)?.[1]))).to.equal(false);
    });

    it("refuses a corrupt archive by its path", async () => {
        folder.write("model.tar.gz", "this is no archive");
        const file = join(folder.path, "model.tar.gz");
        expect(await failure(builtContainer(context(), "echo", { modelData: { kind: "archive", file } }))).to.contain(
            `container echo: ${file} is no readable tar.gz`,
        );
    });

    it("says what it takes to run an image that is not built here, and model data that is only in S3", async () => {
        const elsewhere = { image: { kind: "elsewhere" as const, reference: "registry/xgboost:1" } };
        expect(await failure(builtContainer(context(), "echo", elsewhere))).to.equal(
            "container echo is registry/xgboost:1, not built from a folder here; run it with --docker",
        );
        const modelData = { kind: "elsewhere" as const, uri: "s3://bucket/key" };
        expect(await failure(builtContainer(context(), "echo", { modelData }))).to.contain(
            "its model data is s3://bucket/key",
        );
    });

    it("says which packages could not be installed", async () => {
        folder.write("containers/echo/requirements.txt", "no-such-package-of-this-name==0.0.0\n");
        expect(await failure(builtContainer(context(), "echo"))).to.contain("no-such-package-of-this-name");
    });
});
