import {
    InvokeEndpointAsyncCommand,
    InvokeEndpointCommand,
    ModelError,
    SageMakerRuntimeClient,
    SageMakerRuntimeServiceException,
    ValidationError,
} from "@aws-sdk/client-sagemaker-runtime";
import { expect } from "chai";
import { Stage } from "./support/stage.ts";
import type { TestContainer } from "./support/stage.ts";

describe("the AWS SDK for JavaScript", () => {
    const stage = new Stage();
    const before = process.env["AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME"];
    let container: TestContainer;
    let client: SageMakerRuntimeClient;
    beforeEach(async () => {
        container = await stage.container("predict", ({ body }, response) => {
            if (body.toString() === "fail") response.writeHead(500).end("no model");
            else response.writeHead(200, { "Content-Type": "text/plain" }).end(`got ${body.toString()}`);
        });
        process.env["AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME"] = await stage.serial([container], { requestBytes: 1000 });
        client = new SageMakerRuntimeClient({
            region: "us-east-1",
            credentials: { accessKeyId: "any", secretAccessKey: "any" },
        });
    });
    afterEach(async () => {
        client.destroy();
        if (before === undefined) delete process.env["AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME"];
        else process.env["AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME"] = before;
        await stage.stop();
    });

    const invoke = (body: string, EndpointName = "demo") =>
        client.send(new InvokeEndpointCommand({ EndpointName, Body: Buffer.from(body), ContentType: "text/csv" }));
    const failure = async (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

    it("invokes", async () => {
        const answer = await invoke("1,2");
        expect(Buffer.from(answer.Body).toString()).to.equal("got 1,2");
        expect(answer).to.include({ ContentType: "text/plain", InvokedProductionVariant: "main" });
        expect(answer.$metadata.requestId).to.match(/^[0-9a-f-]{36}$/);
        expect(container.received[0]?.headers["content-type"]).to.equal("text/csv");
    });

    it("throws ModelError with its fields, and does not try again", async () => {
        const error = await failure(invoke("fail"));
        if (!(error instanceof ModelError)) throw error;
        expect(error).to.include({ OriginalStatusCode: 500, OriginalMessage: "no model" });
        expect(error.message).to.contain('Received server error (500) from predict with message "no model"');
        expect(error.$metadata).to.include({ httpStatusCode: 424, attempts: 1 });
        expect(container.received).to.have.length(1);
    });

    it("throws ValidationError", async () => {
        const error = await failure(invoke("x", "other"));
        if (!(error instanceof ValidationError)) throw error;
        expect(error.message).to.equal("Endpoint other of account 123456789012 not found.");
        const input = { EndpointName: "demo", InputLocation: "s3://bucket/key" };
        expect(await failure(client.send(new InvokeEndpointAsyncCommand(input)))).to.be.instanceOf(ValidationError);
    });

    it("throws an error with status 413 where the payload is too large", async () => {
        const error = await failure(invoke("x".repeat(1001)));
        if (!(error instanceof SageMakerRuntimeServiceException)) throw error;
        expect(error.$metadata).to.include({ httpStatusCode: 413, attempts: 1 });
        expect(error.message).to.equal("HTTP content length exceeded 1000 bytes.");
        expect(container.received).to.deep.equal([]);
    });
});
