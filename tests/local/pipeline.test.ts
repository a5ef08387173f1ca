import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { InvokeEndpointCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { expect } from "chai";
import { type LocalHost, startLocalHost } from "../../tools/local-host.ts";
import { CREDENTIALS, python } from "./gateway/support/python.ts";

const BOTO3_CALLS = fileURLToPath(new URL("gateway/clients/boto3_calls.py", import.meta.url));
const EndpointName = "serial-inference-pipeline";

describe("stack pipeline", function () {
    this.timeout(300_000); // the first run installs packages and trains the sample models

    let serving: LocalHost;
    let client: SageMakerRuntimeClient;
    before(async () => {
        serving = await startLocalHost("--stack", "pipeline");
        client = new SageMakerRuntimeClient({
            endpoint: new URL(serving.url).origin,
            region: "us-east-1",
            credentials: { accessKeyId: "any", secretAccessKey: "any" },
        });
    });
    after(async () => {
        client.destroy();
        serving.child.kill("SIGTERM");
        await serving.ended;
    });

    const invoke = async (Body: Uint8Array | string, ContentType: string, other: Record<string, string> = {}) => {
        const answer = await client.send(new InvokeEndpointCommand({ EndpointName, ContentType, Body, ...other }));
        return { type: answer.ContentType, text: Buffer.from(answer.Body).toString() };
    };

    it("labels rows of JSON, JSON lines and CSV alike for boto3", async () => {
        const json = readFileSync("examples/tabular.json", "utf8");
        const { instances } = JSON.parse(json) as { instances: object[] };
        const bodies = {
            "application/json": json,
            "application/jsonlines": instances.map((instance) => JSON.stringify(instance)).join("\n"),
            "text/csv": readFileSync("examples/tabular.csv", "utf8"),
        };
        const calls = Object.entries(bodies).map(([ContentType, Body]) => ({
            operation: "invoke_endpoint",
            arguments: { EndpointName, ContentType, Body, Accept: "text/csv" },
        }));
        const origin = new URL(serving.url).origin;
        const { code, stdout, stderr } = await python(origin, [BOTO3_CALLS], JSON.stringify(calls), CREDENTIALS);
        expect(code, stderr).to.equal(0);
        const answers = (JSON.parse(stdout) as { body?: string[] }[]).map(({ body }) => body?.[0]);
        expect(answers, stdout).not.to.include(undefined);
        expect(new Set(answers).size).to.equal(1);
        expect(answers[0]?.trimEnd().split("\n")).to.have.length(instances.length);
    });

    it("tells only the last container what the JavaScript SDK accepts", async () => {
        const body = readFileSync("examples/tabular.csv");
        const csv = await invoke(body, "text/csv", { Accept: "text/csv" });
        expect(csv.type).to.equal("text/csv");
        expect(csv.text).to.match(/^(fe)?male,0\.\d+,/);
        const json = await invoke(body, "text/csv", { Accept: "application/json" });
        expect(json.type).to.equal("application/json");
    });

    const refusals: readonly [string, () => Promise<unknown>, object, string][] = [
        [
            "a content type that the first container does not take",
            () => invoke("rubbish", "text/plain"),
            { name: "ModelError", OriginalStatusCode: 415 },
            "from preprocess",
        ],
        [
            "a row that does not fit the model",
            () => invoke('{"instances": [{}]}', "application/json"),
            { name: "ModelError", OriginalStatusCode: 400 },
            "row 1 has no column",
        ],
        [
            "an answer that the last container does not give",
            () => invoke(readFileSync("examples/tabular.json"), "application/json", { Accept: "image/png" }),
            { name: "ModelError", OriginalStatusCode: 406 },
            "from postprocess",
        ],
        [
            "a container's name, which is for containers called one by one",
            () => invoke("{}", "application/json", { TargetContainerHostname: "predict" }),
            { name: "ValidationError" },
            "is not configured for direct invocation",
        ],
        [
            "a model's name, which is for multi-model endpoints",
            () => invoke("{}", "application/json", { TargetModel: "a.tar.gz" }),
            { name: "ValidationError" },
            "is not a multi-model endpoint",
        ],
    ];
    for (const [what, call, fields, message] of refusals) {
        it(`refuses ${what}`, async () => {
            const error = await call().catch((thrown: unknown) => thrown);
            expect(error).to.include(fields);
            expect((error as Error).message).to.contain(message);
        });
    }
});
