import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { expect } from "chai";
import { type LocalHost, startLocalHost } from "../../tools/local-host.ts";
import { CREDENTIALS, python } from "./gateway/support/python.ts";

const BOTO3_CALLS = fileURLToPath(new URL("gateway/clients/boto3_calls.py", import.meta.url));
const EndpointName = "serial-inference-ensemble";

interface Answer {
    readonly themes: readonly { readonly theme: string; readonly scans: readonly string[] }[];
    readonly scans: readonly { readonly name: string; readonly theme: string }[];
    readonly refused: readonly { readonly name: string; readonly reason: string }[];
}

describe("stack ensemble", function () {
    this.timeout(300_000); // the first run installs packages and trains the sample models

    let serving: LocalHost;
    before(async () => {
        serving = await startLocalHost("--stack", "ensemble");
    });
    after(async () => {
        serving.child.kill("SIGTERM");
        await serving.ended;
    });

    it("groups a batch by theme for boto3, and reports the scan that it refuses", async () => {
        const Body = readFileSync("examples/scans.json", "utf8");
        const names = (JSON.parse(Body) as { scans: { name: string }[] }).scans.map(({ name }) => name);
        const calls = [
            { operation: "invoke_endpoint", arguments: { EndpointName, ContentType: "application/json", Body } },
        ];
        const origin = new URL(serving.url).origin;
        const { code, stdout, stderr } = await python(origin, [BOTO3_CALLS], JSON.stringify(calls), CREDENTIALS);
        expect(code, stderr).to.equal(0);
        const [answer] = JSON.parse(stdout) as { body: string[]; ContentType: string }[];
        expect(answer?.ContentType).to.equal("application/json");

        const { themes, scans, refused } = JSON.parse(answer?.body[0] ?? "") as Answer;
        expect(refused.map(({ name }) => name)).to.deep.equal(["letter-out-of-focus.jpg"]);
        expect(refused[0]?.reason).to.match(/^too blurred: /);
        expect(scans.map(({ name }) => name)).to.deep.equal(names.slice(0, -1));
        for (const { name, theme } of scans) {
            expect(themes.find((group) => group.theme === theme)?.scans).to.include(name);
            const kind = name.split(/[-.]/)[0] ?? "";
            expect(theme).to.match(new RegExp(`${kind}s$`)); // recipe-tilted.jpg is one of the recipes
        }
    });

    it("takes one image from the JavaScript SDK, and names what is wrong with one that is none", async () => {
        const client = new SageMakerRuntimeClient({
            endpoint: new URL(serving.url).origin,
            region: "us-east-1",
            credentials: { accessKeyId: "any", secretAccessKey: "any" },
        });
        const batch = JSON.parse(readFileSync("examples/scans.json", "utf8")) as { scans: { image: string }[] };
        const send = (Body: Uint8Array) =>
            client.send(
                new InvokeEndpointCommand({ EndpointName, ContentType: "image/png", Accept: "text/csv", Body }),
            );
        const answer = await send(Buffer.from(batch.scans[0]?.image ?? "", "base64"));
        expect(answer.ContentType).to.equal("text/csv");
        expect(Buffer.from(answer.Body).toString()).to.match(
            /^name,theme,weight,words,refused\nscan 1,invoices,0\.\d+,/,
        );

        const error: unknown = await send(Buffer.from("no image")).catch((thrown: unknown) => thrown);
        expect(error).to.include({ name: "ModelError", OriginalStatusCode: 400 });
        expect(error)
            .to.have.property("OriginalMessage")
            .that.contains("the image cannot be used: it is not a readable PNG");
        client.destroy();
    });

    it("measures the latency of all three containers", async () => {
        const metrics = await (await fetch(`${new URL(serving.url).origin}/metrics`)).text();
        for (const container of ["quality", "recognition", "topics"]) {
            expect(metrics).to.match(
                new RegExp(`^ContainerLatency_count\\{.*ContainerName="${container}"\\} [23]$`, "m"),
            );
        }
    });
});

describe("npm run evaluate", function () {
    this.timeout(300_000);

    const evaluate = (...args: readonly string[]) =>
        spawnSync(process.execPath, ["local/evaluate.ts", ...args], { encoding: "utf8" });

    it("sends held-out scans through stack ensemble, and finds both targets met", () => {
        const { status, stdout, stderr } = evaluate("--stack", "ensemble", "--json", "--scans", "2");
        expect(status, stderr).to.equal(0);
        const { met, ...figures } = JSON.parse(stdout) as {
            met: boolean;
            halved_noisy_characters_read: { value: number };
            themes_right: { value: number };
            conditions: { condition: string; scans: number; refused: number }[];
        };
        expect(met).to.equal(true);
        expect(figures.halved_noisy_characters_read.value).to.be.at.least(0.95);
        expect(figures.themes_right.value).to.be.at.least(0.9);
        expect(figures.conditions.map(({ scans }) => scans)).to.deep.equal(Array.from({ length: 7 }, () => 2));
        expect(stderr).to.contain("halved, noisy: 2 scans in ");
    });

    it("says where a stack has nothing to measure its models with", () => {
        const { status, stderr } = evaluate("--stack", "dev");
        expect(status).to.equal(1);
        expect(stderr).to.contain('stack "dev" has a problem:\n  there is no models/evaluate.py to measure its models');
    });
});
