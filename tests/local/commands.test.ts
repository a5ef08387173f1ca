import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { expect } from "chai";
import { descendants, type LocalHost, running, startLocalHost } from "../../tools/local-host.ts";

/** Runs a command of the project to its end. */
function run(script: string, ...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [`local/${script}.ts`, ...args], {
        encoding: "utf8",
    });
    return { status, stdout, stderr };
}

describe("npm start", function () {
    this.timeout(300_000); // the first run installs packages and trains the sample model

    let serving: LocalHost | undefined;
    afterEach(async () => {
        serving?.child.kill("SIGTERM");
        await serving?.ended;
        serving = undefined;
    });

    it("--once trains what is missing, answers the sample request, prints the latencies and exits with 0", () => {
        const { status, stdout, stderr } = run("start", "--once");
        expect(stderr).to.contain("starting the container: done");
        const [ready = "", answer = "", ...table] = stdout.trim().split("\n");
        expect(ready).to.match(/^ready http:\/\/127\.0\.0\.1:\d+\/endpoints\/serial-inference-dev\/invocations$/);
        const { predictions } = JSON.parse(answer) as { predictions: { label: number; probabilities: number[] }[] };
        expect(predictions[0]?.probabilities).to.have.length(10);
        expect(table.join("\n")).to.match(/^ContainerLatency +main +digits +1 /m);
        expect(status).to.equal(0);
    });

    it("serves the JavaScript SDK, and stops all its processes on SIGTERM with exit code 0", async () => {
        serving = await startLocalHost();
        const client = new SageMakerRuntimeClient({
            endpoint: new URL(serving.url).origin,
            region: "us-east-1",
            credentials: { accessKeyId: "any", secretAccessKey: "any" },
        });
        const answer = await client.send(
            new InvokeEndpointCommand({
                EndpointName: "serial-inference-dev",
                ContentType: "application/json",
                Accept: "application/json",
                Body: readFileSync("examples/digits.json"),
            }),
        );
        expect(answer.ContentType).to.equal("application/json");
        expect(answer.InvokedProductionVariant).to.equal("main");
        client.destroy();

        const pids = descendants(serving.child.pid ?? 0);
        expect(pids).to.have.length.greaterThan(1);
        serving.child.kill("SIGTERM");
        expect(await serving.ended).to.equal(0);
        expect(running(pids)).to.deep.equal([]);
        expect(serving.output()).to.match(/^Invocations +main +1$/m);
    });

    it("leaves no process behind when it is killed", async () => {
        serving = await startLocalHost();
        const pids = descendants(serving.child.pid ?? 0);
        expect(running(pids)).to.have.length.greaterThan(1);
        serving.child.kill("SIGKILL");
        await serving.ended;
        while (running(pids).length > 0) await setTimeout(50);
    });

    it("goes on serving when its container is killed under load: each request is answered or refused as a ModelError", async () => {
        serving = await startLocalHost();
        const { url } = serving;
        const body = readFileSync("examples/digits.json");
        const send = async () => {
            const response = await fetch(url, {
                method: "POST",
                body,
                headers: { "content-type": "application/json" },
            });
            await response.arrayBuffer();
            return `${response.status} ${response.headers.get("x-amzn-errortype") ?? ""}`.trim();
        };
        const container = descendants(serving.child.pid ?? 0).at(-1) ?? 0;
        const seen = new Set<string>();
        let killed = false;
        for (let round = 0; round < 200 && !(killed && seen.size > 1); round++) {
            for (const answer of await Promise.all(Array.from({ length: 8 }, send))) seen.add(answer);
            if (round === 5) killed = process.kill(container, "SIGKILL");
        }
        expect([...seen].sort()).to.deep.equal(["200", "424 ModelError"]);
        let last = "";
        while (last !== "200") last = await send();
    });

    it("passes a request through the three containers of stack pipeline, one of which stands in for an image of AWS", () => {
        const { status, stdout } = run("start", "--stack", "pipeline", "--once");
        const [, answer = "", ...table] = stdout.trim().split("\n");
        const { predictions } = JSON.parse(answer) as { predictions: { label: string }[] };
        expect(predictions.map(({ label }) => label))
            .to.have.length(6)
            .and.to.include.members(["male", "female"]);
        for (const container of ["preprocess", "predict", "postprocess"]) {
            expect(table.join("\n")).to.match(new RegExp(`^ContainerLatency +main +${container} +1 `, "m"));
        }
        expect(status).to.equal(0);
    });

    it("refuses a port that is taken before it does anything else", async () => {
        const other = createServer();
        await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
        const { port } = other.address() as AddressInfo;
        const { status, stderr } = run("start", "--port", String(port));
        other.close();
        expect(status).to.equal(1);
        expect(stderr).to.equal(
            `--port has a problem:\n  port ${port} of 127.0.0.1 is in use; give another one, or 0 for any free one\n`,
        );
    });

    it("refuses a stack that is not there, a port that is none, and a flag it does not know", () => {
        expect(run("start", "--stack", "nosuch").stderr).to.match(
            /^stack "nosuch" has a problem:\n {2}there is no Pulumi\.nosuch\.yaml; stacks here: .*dev/,
        );
        expect(run("start", "--port", "http").stderr).to.contain("accepted: 0 (any free port) to 65535");
        const unknown = run("start", "--onec");
        expect(unknown.stderr).to.contain("Did you mean --once?");
        expect(unknown.status).to.equal(1);
    });

    it("says that there is no Python where there is none", () => {
        const { status, stderr } = spawnSync(process.execPath, ["local/start.ts", "--once"], {
            encoding: "utf8",
            env: { ...process.env, PYTHON: "no-such-python" },
        });
        expect(status).to.equal(1);
        expect(stderr).to.contain(
            "there is no no-such-python; accepted: Python 3.10 to 3.14 on PATH, or named by $PYTHON",
        );
    });
});

describe("npm run plan", () => {
    it("--json lists every registered resource with its parent, and nothing else on stdout", () => {
        const { status, stdout } = run("plan", "--stack", "dev", "--json");
        expect(status).to.equal(0);
        const resources = JSON.parse(stdout) as {
            urn: string;
            type: string;
            name: string;
            parent: string | null;
            inputs: object;
        }[];
        expect(resources.map(({ type }) => type)).to.include.members([
            "aws:sagemaker/model:Model",
            "aws:sagemaker/endpoint:Endpoint",
        ]);
        const urns = new Set(resources.map(({ urn }) => urn));
        for (const { parent } of resources) expect(parent === null || urns.has(parent)).to.equal(true);
        expect(stdout).not.to.contain("nothing is pushed offline"); // the registry's password
    });

    it("draws the resources as a tree", () => {
        const { stdout } = run("plan");
        expect(stdout).to.match(
            /^ {8}serial-inference:index:Endpoint {2}serial-inference\n {12}aws:sagemaker\/endpointConfiguration/m,
        );
    });
});

describe("npm run smoke", function () {
    this.timeout(300_000);

    let serving: LocalHost;
    before(async () => {
        serving = await startLocalHost();
    });
    after(async () => {
        serving.child.kill("SIGTERM");
        await serving.ended;
    });
    const smoke = (...args: readonly string[]) => run("smoke", "--endpoint-url", new URL(serving.url).origin, ...args);

    it("passes against a local host whose answer is the expected one, and measures latencies", () => {
        const { status, stdout } = smoke("--requests", "5");
        expect(stdout).to.match(/^answer +ok +as in examples\/digits\.expected\.json$/m);
        expect(stdout).to.match(/^latency +ok +p50 [\d.]+ ms, p90 [\d.]+ ms of \d requests$/m);
        expect(status).to.equal(0);
    });

    it("--json fails with exit code 1 and says what, for an endpoint that is not there", () => {
        const { status, stdout } = smoke("--stack", "pipeline", "--json");
        const { passed, checks } = JSON.parse(stdout) as {
            passed: boolean;
            checks: { check: string; detail: string }[];
        };
        expect(passed).to.equal(false);
        expect(checks.find(({ check }) => check === "answer")?.detail).to.contain(
            "Endpoint serial-inference-pipeline of account 123456789012 not found",
        );
        expect(status).to.equal(1);
    });

    it("refuses an address that is none, and says that it needs pulumi where it is to ask AWS", () => {
        expect(run("smoke", "--endpoint-url", "localhost:8080").stderr).to.contain("accepted: an origin such as");
        const { status, stderr } = spawnSync(process.execPath, ["local/smoke.ts"], {
            encoding: "utf8",
            env: { ...process.env, PATH: "/nowhere" },
        });
        expect(status).to.equal(1);
        expect(stderr).to.contain("there is no pulumi on PATH");
    });
});
