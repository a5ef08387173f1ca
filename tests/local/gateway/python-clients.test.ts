import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { CREDENTIALS, python } from "./support/python.ts";
import { Stage } from "./support/stage.ts";
import type { TestContainer } from "./support/stage.ts";

const BOTO3_CALLS = fileURLToPath(new URL("clients/boto3_calls.py", import.meta.url));

describe("Python clients", function () {
    // Two Pythons import botocore at once where the suite runs beside others.
    this.timeout(60_000);
    const stage = new Stage();
    let container: TestContainer;
    let url: string;
    beforeEach(async () => {
        container = await stage.container("predict", ({ body }, response) => {
            if (body.toString() === "fail") response.writeHead(503).end("no model");
            else response.writeHead(200, { "Content-Type": "text/plain" }).end(`got ${body.toString()}`);
        });
        url = await stage.serial([container], { requestBytes: 1000 });
    });
    afterEach(() => stage.stop());

    describe("boto3", () => {
        interface Call {
            readonly operation?: string;
            readonly arguments?: Readonly<Record<string, string>>;
            readonly unsigned?: boolean;
        }

        /** What boto3 returned or raised for each call. */
        async function boto3(calls: readonly Call[], env: NodeJS.ProcessEnv = CREDENTIALS): Promise<unknown[]> {
            const whole = calls.map(({ operation = "invoke_endpoint", arguments: given, unsigned }) => ({
                operation,
                arguments: { EndpointName: "demo", Body: "x", ...given },
                unsigned,
            }));
            const { code, stdout, stderr } = await python(url, [BOTO3_CALLS], JSON.stringify(whole), env);
            expect(code, stderr).to.equal(0);
            return JSON.parse(stdout) as unknown[];
        }

        it("invokes, with and without a Content-Type", async () => {
            const results = await boto3([{}, { arguments: { ContentType: "text/csv", Accept: "text/plain" } }]);
            const answer = { body: ["got x"], ContentType: "text/plain", InvokedProductionVariant: "main" };
            expect(results).to.deep.equal([answer, answer]);
            expect(container.received[0]?.headers).to.not.have.any.keys("content-type", "accept");
            expect(container.received[1]?.headers).to.include({ "content-type": "text/csv", accept: "text/plain" });
        });

        it("needs no credentials where it does not sign", async () => {
            expect(await boto3([{ unsigned: true }], {})).to.have.nested.property("[0].body[0]", "got x");
        });

        it("raises ModelError with its fields, and does not try again", async () => {
            const [error] = await boto3([{ arguments: { Body: "fail" } }]);
            expect(error).to.deep.include({
                exception: "ModelError",
                code: "ModelError",
                status: 424,
                retries: 0,
                OriginalStatusCode: 503,
                OriginalMessage: "no model",
            });
            expect(error).to.have.property("message").that.contains("Received server error (503) from predict");
            expect(error)
                .to.have.property("LogStreamArn")
                .that.matches(/^arn:aws:logs:/);
            expect(container.received).to.have.length(1);
        });

        it("raises ValidationError, and 413 where the payload is too large", async () => {
            const [missing, large, asynchronous] = await boto3([
                { arguments: { EndpointName: "other" } },
                { arguments: { Body: "x".repeat(1001) } },
                { operation: "invoke_endpoint_async", arguments: { InputLocation: "s3://bucket/key", Body: "" } },
            ]);
            expect(missing).to.deep.include({
                exception: "ValidationError",
                code: "ValidationError",
                status: 400,
                message: "Endpoint other of account 123456789012 not found.",
            });
            expect(large).to.deep.include({
                exception: "ClientError",
                code: "413",
                status: 413,
                retries: 0,
                message: "HTTP content length exceeded 1000 bytes.",
            });
            expect(asynchronous).to.deep.include({ code: "ValidationError", status: 400 });
        });

        it("reads a response stream", async () => {
            const operation = "invoke_endpoint_with_response_stream";
            const [answer, error] = await boto3([{ operation }, { operation, arguments: { Body: "fail" } }]);
            expect(answer).to.deep.include({ body: ["got x"], ContentType: "text/plain" });
            expect(error).to.deep.include({ exception: "ModelError", OriginalStatusCode: 503 });
        });

        it("raises an EventStreamError where a response stream breaks", async () => {
            const broken = await stage.rawContainer("tokens", (socket) => {
                socket.end("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            });
            url = await stage.serial([broken]);
            const [error] = await boto3([{ operation: "invoke_endpoint_with_response_stream" }]);
            expect(error).to.deep.include({ exception: "EventStreamError", code: "ModelStreamError" });
        });
    });

    describe("the AWS CLI", () => {
        let folder: string;
        beforeEach(async () => {
            folder = await mkdtemp(join(tmpdir(), "gateway-"));
        });
        afterEach(() => rm(folder, { recursive: true }));

        const invokeEndpoint = (endpoint: string, body: string) => {
            const names = [
                "--endpoint-name",
                endpoint,
                "--body",
                body,
                "--content-type",
                "text/csv",
                join(folder, "answer"),
            ];
            return python(url, ["-m", "awscli", "sagemaker-runtime", "invoke-endpoint", ...names], "", CREDENTIALS);
        };

        it("invokes", async () => {
            const { code, stdout, stderr } = await invokeEndpoint("demo", "1,2");
            expect(code, stderr).to.equal(0);
            expect(JSON.parse(stdout)).to.deep.equal({ ContentType: "text/plain", InvokedProductionVariant: "main" });
            expect(await readFile(join(folder, "answer"), "utf8")).to.equal("got 1,2");
        });

        it("tells a ModelError", async () => {
            const { code, stderr } = await invokeEndpoint("demo", "fail");
            expect(code).to.not.equal(0);
            expect(stderr).to.contain(
                "(ModelError) when calling the InvokeEndpoint operation: Received server error (503)",
            );
        });
    });
});
