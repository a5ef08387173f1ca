import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect } from "chai";
import { Host } from "../../local/host.ts";
import { findPython } from "../../local/launcher/python.ts";
import { builtContainer, endpointOf, quietProgress } from "../support/endpoint-on-disk.ts";
import { startLocalHost } from "../../tools/local-host.ts";

/** What the Dockerfiles are built from where their own base image cannot be pulled: `BASE_IMAGE=… npm run test:docker`. */
const baseImage = process.env["BASE_IMAGE"];
const flags = baseImage === undefined ? [] : ["--base-image", baseImage];
const TARGETS = ["step-server", "multi-model-server"] as const;

function docker(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync("docker", args, {
        encoding: "utf8",
        env: { ...process.env, DOCKER_BUILDKIT: "1" },
    });
    if (status !== 0) throw new Error(`docker ${args.join(" ")} failed: ${stderr}`);
    return stdout.trim();
}

const containers = (): string[] =>
    docker("ps", "--all", "--quiet", "--filter", "name=serial-inference-").split("\n").filter(Boolean);

function build(target: string): string {
    const args = baseImage === undefined ? [] : ["--build-arg", `BASE_IMAGE=${baseImage}`];
    return docker(
        "build",
        "--quiet",
        "--target",
        target,
        "--file",
        "containers/digits/Dockerfile",
        ...args,
        "containers",
    );
}

describe("the digits container in a Docker engine", () => {
    for (const target of TARGETS) {
        it(`${target}: has both capability labels, an exec-form entry point, no port but its own, and no leftovers of the build`, () => {
            const [image] = JSON.parse(docker("image", "inspect", build(target))) as {
                Config: { Labels: Record<string, string>; Entrypoint: string[]; Cmd: string[] };
            }[];
            expect(image?.Config.Labels).to.include({
                "com.amazonaws.sagemaker.capabilities.accept-bind-to-port": "true",
                "com.amazonaws.sagemaker.capabilities.multi-models": "true",
            });
            expect(image?.Config.Entrypoint[0]).to.equal("python");
            const listed = docker("run", "--rm", "--entrypoint", "ls", build(target), "-RA", "/opt");
            expect(listed).to.contain("inference.py");
            expect(listed).not.to.match(/\.cache|__pycache__|\.pip/);
        });
    }

    it("answers the same on the step server and on Multi Model Server", async () => {
        const answers: unknown[] = [];
        for (const target of TARGETS) {
            const host = new Host({
                python: findPython(),
                cache: resolve(".cache"),
                progress: quietProgress(),
                docker: true,
                baseImage,
            });
            const digits = builtContainer("containers", "digits", {
                modelData: {
                    kind: "files",
                    files: [{ path: "model.joblib", file: resolve("models/digits/artifact/model.joblib") }],
                },
            });
            const container = { ...digits, image: { ...digits.image, target } };
            try {
                const { variants } = await host.start(endpointOf([container], 120));
                const response = await fetch(`${variants[0]?.containers[0]?.origin ?? ""}/invocations`, {
                    method: "POST",
                    body: readFileSync("examples/digits.png"),
                    headers: { "content-type": "image/png", accept: "application/json" },
                });
                expect(response.status).to.equal(200);
                answers.push(await response.json());
            } finally {
                await host.stop();
            }
        }
        expect(answers[0]).to.have.property("predictions");
        expect(answers[1]).to.deep.equal(answers[0]);
        expect(containers()).to.deep.equal([]);
    });

    it("npm start -- --docker serves the stack, and leaves no container when it is killed", async () => {
        const { url, child, ended } = await startLocalHost("--docker", ...flags);
        const body = readFileSync("examples/digits.png");
        const response = await fetch(url, { method: "POST", body, headers: { "content-type": "image/png" } });
        expect(response.status).to.equal(200);
        expect(containers()).to.have.length(1);
        child.kill("SIGKILL");
        await ended;
        while (containers().length > 0) await setTimeout(100);
    });
});
