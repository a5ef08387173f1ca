import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { expect } from "chai";
import { descendants, type LocalHost, running, startLocalHost } from "../../../tools/local-host.ts";
import { CREDENTIALS, python } from "../gateway/support/python.ts";
import { until } from "../../support/until.ts";

const BOTO3_CALLS = fileURLToPath(new URL("../gateway/clients/boto3_calls.py", import.meta.url));
const EndpointName = "serial-inference-triton";
const EXAMPLE = "examples/triton.json";
const JSON_TYPE = "application/json";

interface Answer {
    readonly outputs: readonly { readonly name: string; readonly data: readonly unknown[] }[];
}
const dataOf = ({ outputs }: Answer, wanted: string) => outputs.find(({ name }) => name === wanted)?.data;

/** An invoice and a letter that is out of focus. */
const request = JSON.parse(readFileSync(EXAMPLE, "utf8")) as {
    readonly inputs: readonly [{ readonly data: readonly [string, string] }];
};
const [invoice] = request.inputs[0].data;

/** The invoice's own bytes, after a header in JSON. */
function binary() {
    const file = Buffer.from(invoice, "base64");
    const data = Buffer.concat([Buffer.alloc(4), file]);
    data.writeUInt32LE(file.length);
    const input = { name: "IMAGE", datatype: "BYTES", shape: [1, 1], parameters: { binary_data_size: data.length } };
    const outputs = [
        { name: "THEME", parameters: { binary_data: true } },
        { name: "FIGURES", parameters: { binary_data: true } },
    ];
    const header = Buffer.from(JSON.stringify({ inputs: [input], outputs }));
    return {
        Body: Buffer.concat([header, data]),
        ContentType: `application/vnd.sagemaker-triton.binary+json;json-header-size=${header.length}`,
    };
}

describe("stack triton", function () {
    this.timeout(300_000); // the first run installs packages and puts the sample models together

    let serving: LocalHost;
    let client: SageMakerRuntimeClient;
    before(async () => {
        serving = await startLocalHost("--stack", "triton");
        client = new SageMakerRuntimeClient({
            endpoint: new URL(serving.url).origin,
            region: "us-east-1",
            credentials: { accessKeyId: "any", secretAccessKey: "any" },
            maxAttempts: 1,
        });
    });
    after(async () => {
        client.destroy();
        const processes = descendants(serving.child.pid ?? 0);
        serving.child.kill("SIGTERM");
        await serving.ended;
        expect(processes).not.to.deep.equal([]);
        expect(running(processes)).to.deep.equal([]);
    });

    const invoke = (Body: Uint8Array | string, ContentType = JSON_TYPE) =>
        client.send(new InvokeEndpointCommand({ EndpointName, ContentType, Body }));
    const ask = (data: readonly string[], outputs: readonly string[]) =>
        invoke(
            JSON.stringify({
                inputs: [{ name: "IMAGE", datatype: "BYTES", shape: [data.length, 1], data }],
                outputs: outputs.map((name) => ({ name })),
            }),
        );

    it("reads and groups scans for boto3, and says which it refuses", async () => {
        const calls = [
            {
                operation: "invoke_endpoint",
                arguments: { EndpointName, ContentType: JSON_TYPE, Body: readFileSync(EXAMPLE, "utf8") },
            },
        ];
        const origin = new URL(serving.url).origin;
        const { code, stdout, stderr } = await python(origin, [BOTO3_CALLS], JSON.stringify(calls), CREDENTIALS);
        expect(code, stderr).to.equal(0);
        const [answered] = JSON.parse(stdout) as { body: string[]; ContentType: string }[];
        expect(answered?.ContentType).to.equal(JSON_TYPE);
        const answer = JSON.parse(answered?.body.join("") ?? "") as Answer;
        expect(dataOf(answer, "THEME")).to.deep.equal(["invoices", ""]);
        expect(dataOf(answer, "REFUSED")?.[1]).to.include("blur");
    });

    it("gives the answer that the smoke test expects, whatever the order of its outputs", async () => {
        const { origin } = new URL(serving.url);
        const args = ["local/smoke.ts", "--stack", "triton", "--endpoint-url", origin, "--requests", "1", "--json"];
        const { stdout } = await promisify(execFile)(process.execPath, args);
        const { passed, checks } = JSON.parse(stdout) as { passed: boolean; checks: { check: string }[] };
        expect(passed, stdout).to.equal(true);
        expect(checks.find(({ check }) => check === "answer")).to.deep.include({
            result: "ok",
            detail: "as in examples/triton.expected.json",
        });
    });

    it("takes an image's bytes and answers in bytes for the JavaScript SDK", async () => {
        const { Body, ContentType } = binary();
        const { ContentType: type = "", Body: body } = await invoke(Body, ContentType);
        const length = Number(
            /^application\/vnd\.sagemaker-triton\.binary\+json;json-header-size=(\d+)$/.exec(type)?.[1],
        );
        const { outputs } = JSON.parse(Buffer.from(body.subarray(0, length)).toString()) as {
            outputs: { name: string; shape: number[]; parameters: { binary_data_size: number } }[];
        };
        expect(outputs.map(({ name, shape }) => [name, shape])).to.have.deep.members([
            ["THEME", [1, 1]],
            ["FIGURES", [1, 7]],
        ]);
        const bytes = outputs.reduce((sum, { parameters }) => sum + parameters.binary_data_size, 0);
        expect(body.length).to.equal(length + bytes);
        expect(Buffer.from(body.subarray(length)).includes("invoices")).to.equal(true);
    });

    for (const [what, send, said] of [
        ["no image", () => ask(["bm8gaW1hZ2U="], ["THEME"]), "is not a readable PNG or JPEG"],
        ["an output that is not there", () => ask([invoice], ["COLOUR"]), "COLOUR"],
        ["an input that is not there", () => invoke('{"inputs": []}'), "expected"],
        [
            "more scans than a batch holds",
            () => ask(Array<string>(9).fill(invoice), ["THEME"]),
            "batch-size must be <= 8",
        ],
        [
            "a header longer than the body",
            () => invoke("{}", "application/vnd.sagemaker-triton.binary+json;json-header-size=99"),
            "header",
        ],
    ] as const) {
        it(`refuses ${what} with the container's reason`, async () => {
            const error = await send().then(
                () => undefined,
                (refused: unknown) =>
                    refused as { name: string; OriginalStatusCode?: number; OriginalMessage?: string },
            );
            expect(error).to.include({ name: "ModelError", OriginalStatusCode: 400 });
            expect(error?.OriginalMessage).to.include(said);
        });
    }

    it("answers again after Triton was killed under load", async () => {
        const under = Array.from({ length: 4 }, () => ask([invoice], ["THEME"]).catch((error: unknown) => error));
        const server = descendants(serving.child.pid ?? 0).find((pid) =>
            readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith("tritonserver"),
        );
        expect(server).not.to.equal(undefined);
        spawnSync("kill", ["-9", String(server)]);
        const answers = await Promise.all(under);
        expect(answers.some((answer) => (answer as { name?: string }).name === "ModelError")).to.equal(true);
        await until(async () => {
            const answer = await ask([invoice], ["THEME"]).catch(() => undefined);
            return answer?.$metadata.httpStatusCode === 200;
        });
    });
});
