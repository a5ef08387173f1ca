import { Readable } from "node:stream";
import { expect } from "chai";
import { answering, endpoint, Stage, variant } from "./support/stage.ts";
import { errorOf, invoke } from "./support/invoke.ts";

describe("InvokeEndpoint", () => {
    const stage = new Stage();
    afterEach(() => stage.stop());

    it("sends the payload to the container and returns its answer", async () => {
        const container = await stage.container("predict", answering('{"label":7}'));
        const url = await stage.serial([container]);

        const answer = await invoke(url, { body: '{"instances":[1]}' });

        expect(answer.status).to.equal(200);
        expect(answer.text).to.equal('{"label":7}');
        expect(answer.headers["content-type"]).to.equal("application/json");
        expect(answer.headers["x-amzn-invoked-production-variant"]).to.equal("main");
        expect(answer.headers["x-amzn-requestid"]).to.match(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
        const [received] = container.received;
        expect([received?.method, received?.url]).to.deep.equal(["POST", "/invocations"]);
        expect(received?.body.toString()).to.equal('{"instances":[1]}');
        expect(received?.headers["content-length"]).to.equal("17");
    });

    it("gives every request an id of its own", async () => {
        const url = await stage.serial([await stage.container("predict")]);
        const ids = [await invoke(url), await invoke(url)].map(({ headers }) => headers["x-amzn-requestid"]);
        expect(new Set(ids).size).to.equal(2);
    });

    it("sends a single container the client's Content-Type, Accept, custom attributes and inference ID", async () => {
        const container = await stage.container("predict");
        const url = await stage.serial([container]);

        await invoke(url, {
            headers: {
                "Content-Type": "text/csv; header=absent",
                Accept: "application/jsonlines",
                "X-Amzn-SageMaker-Custom-Attributes": "c000b4f9, trace=yes",
                "X-Amzn-SageMaker-Inference-Id": "order 66",
                "X-Amzn-SageMaker-Prefix-Aware-Id": "hint",
                Authorization: "AWS4-HMAC-SHA256 nonsense",
                "X-Private": "secret",
            },
        });

        const { host, connection, ...headers } = container.received[0]?.headers ?? {};
        expect([host, connection]).to.deep.equal([new URL(container.origin).host, "keep-alive"]);
        expect(headers).to.deep.equal({
            "content-type": "text/csv; header=absent",
            accept: "application/jsonlines",
            "x-amzn-sagemaker-custom-attributes": "c000b4f9, trace=yes",
            "x-amzn-sagemaker-inference-id": "order 66",
            "content-length": "2",
        });
    });

    it("adds no Content-Type and no Accept where the client gives none", async () => {
        const container = await stage.container("predict");
        const url = await stage.serial([container]);
        await invoke(url);
        expect(container.received[0]?.headers).to.not.have.any.keys("content-type", "accept");
    });

    it("returns custom attributes only where the container sets them", async () => {
        const silent = await stage.container("silent");
        const speaking = await stage.container(
            "speaking",
            answering("{}", { "X-Amzn-SageMaker-Custom-Attributes": "from the container" }),
        );
        const url = await stage.gateway([
            endpoint([variant([silent])], "silent"),
            endpoint([variant([speaking])], "speaking"),
        ]);
        const headers = { "X-Amzn-SageMaker-Custom-Attributes": "from the client" };

        const [first, second] = [
            await invoke(url, { endpoint: "silent", headers }),
            await invoke(url, { endpoint: "speaking", headers }),
        ];

        expect(first.headers).to.not.have.property("x-amzn-sagemaker-custom-attributes");
        expect(second.headers["x-amzn-sagemaker-custom-attributes"]).to.equal("from the container");
        expect(second.headers).to.not.have.property("content-type");
    });

    it("passes empty, binary and chunked payloads through", async () => {
        const container = await stage.container("echo", ({ body }, response) => response.end(body));
        const url = await stage.serial([container]);
        const binary = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 256));
        async function* pieces(): AsyncGenerator<Buffer> {
            yield await Promise.resolve(binary.subarray(0, 70_000));
            yield binary.subarray(70_000);
        }

        expect((await invoke(url, { body: "" })).body).to.have.length(0);
        expect((await invoke(url, { body: binary })).body.equals(binary)).to.equal(true);
        expect((await invoke(url, { body: Readable.from(pieces()) })).body.equals(binary)).to.equal(true);
        expect(container.received.map(({ headers }) => headers["content-length"])).to.deep.equal([
            "0",
            "300000",
            "300000",
        ]);
    });

    it("accepts every 2xx as success", async () => {
        const container = await stage.container("predict", (_request, response) => {
            response.writeHead(204).end();
        });
        expect(await invoke(await stage.serial([container]))).to.include({ status: 200, text: "" });
    });

    it("refuses an unknown endpoint in SageMaker's words", async () => {
        const url = await stage.serial([await stage.container("predict")]);
        expect(errorOf(await invoke(url, { endpoint: "other" }))).to.deep.equal({
            status: 400,
            type: "ValidationError",
            Message: "Endpoint other of account 123456789012 not found.",
        });
    });

    it("refuses TargetModel on an endpoint that is not multi-model", async () => {
        const container = await stage.container("predict");
        const url = await stage.serial([container]);
        const headers = { "X-Amzn-SageMaker-Target-Model": "paris.tar.gz" };
        expect(errorOf(await invoke(url, { headers }))).to.deep.equal({
            status: 400,
            type: "ValidationError",
            Message: "Endpoint demo is not a multi-model endpoint and does not support target model header.",
        });
        expect(container.received).to.deep.equal([]);
    });

    it("refuses an asynchronous invocation", async () => {
        const url = await stage.serial([await stage.container("predict")]);
        const error = errorOf(await invoke(url, { operation: "async-invocations" }));
        expect(error).to.include({ status: 400, type: "ValidationError" });
        expect(error.Message).to.equal(
            "Endpoint demo has no AsyncInferenceConfig, so it cannot be invoked asynchronously.",
        );
    });
});
