import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { InvokeEndpointWithResponseStreamCommand, SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import type { ResponseStream } from "@aws-sdk/client-sagemaker-runtime";
import { expect } from "chai";
import { request } from "undici";
import { errorOf, invoke } from "./support/invoke.ts";
import { answering, endpoint, Stage, variant } from "./support/stage.ts";

const OPERATION = "invocations-response-stream";

describe("InvokeEndpointWithResponseStream", () => {
    const stage = new Stage();
    const clients: SageMakerRuntimeClient[] = [];
    afterEach(async () => {
        for (const client of clients.splice(0)) client.destroy();
        await stage.stop();
    });

    function sdk(url: string): SageMakerRuntimeClient {
        const credentials = { accessKeyId: "x", secretAccessKey: "x" };
        const client = new SageMakerRuntimeClient({ endpoint: url, region: "us-east-1", credentials });
        clients.push(client);
        return client;
    }

    const stream = async (url: string, other: object = {}) =>
        sdk(url).send(
            new InvokeEndpointWithResponseStreamCommand({ EndpointName: "demo", Body: Buffer.from("{}"), ...other }),
        );

    /** The text of each event; for an exception, its name and message. */
    async function events(body: AsyncIterable<ResponseStream> | undefined): Promise<string[]> {
        const seen: string[] = [];
        try {
            for await (const event of body ?? []) seen.push(Buffer.from(event.PayloadPart?.Bytes ?? []).toString());
        } catch (error) {
            if (!(error instanceof Error)) throw error;
            seen.push(`${error.name}: ${"ErrorCode" in error ? String(error.ErrorCode) : ""}: ${error.message}`);
        }
        return seen;
    }

    it("passes each chunk on as it arrives", async () => {
        const answers: ServerResponse[] = [];
        const container = await stage.container("tokens", (_request, response) => {
            answers.push(response);
            response.write("one");
        });
        const { Body } = await stream(await stage.serial([container]));
        const [answer] = answers;
        const received: string[] = [];
        // The container writes a chunk only once the chunk before has reached the client.
        for await (const { PayloadPart } of Body ?? []) {
            received.push(Buffer.from(PayloadPart?.Bytes ?? []).toString());
            if (received.length === 1) answer?.write("two");
            else answer?.end();
        }
        expect(received).to.deep.equal(["one", "two"]);
    });

    it("returns the headers, and sends the container the client's", async () => {
        const container = await stage.container(
            "tokens",
            answering("x", {
                "Content-Type": "text/event-stream",
                "X-Amzn-SageMaker-Custom-Attributes": "from the container",
            }),
        );
        const url = await stage.serial([container]);
        const answer = await stream(url, {
            ContentType: "text/csv",
            Accept: "text/plain",
            CustomAttributes: "from the client",
        });
        await events(answer.Body);
        expect(answer).to.include({
            ContentType: "text/event-stream",
            InvokedProductionVariant: "main",
            CustomAttributes: "from the container",
        });
        expect(container.received[0]?.headers).to.include({
            "content-type": "text/csv",
            accept: "text/plain",
            "x-amzn-sagemaker-custom-attributes": "from the client",
        });
        const raw = await invoke(url, { operation: OPERATION });
        expect(raw.headers["content-type"]).to.equal("application/vnd.amazon.eventstream");
    });

    it("frames any bytes so that the SDK reads them back", async () => {
        const payload = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 7919) % 251));
        const container = await stage.container("tokens", answering(payload));
        const { Body } = await stream(await stage.serial([container]));
        const parts: Uint8Array[] = [];
        for await (const { PayloadPart } of Body ?? []) parts.push(PayloadPart?.Bytes ?? new Uint8Array());
        expect(Buffer.concat(parts).equals(payload)).to.equal(true);
    });

    it("streams the last container of a pipeline", async () => {
        const first = await stage.container("first", answering("a", { "Content-Type": "text/csv" }));
        const last = await stage.container("last", ({ body }, response) => response.end(`${body.toString()}b`));
        const { Body } = await stream(await stage.serial([first, last]), { Accept: "text/plain" });
        expect(await events(Body)).to.deep.equal(["ab"]);
        expect(first.received[0]?.headers).to.not.have.property("accept");
        expect(last.received[0]?.headers).to.include({ "content-type": "text/csv", accept: "text/plain" });
    });

    it("ends with no event where the container answers nothing", async () => {
        const container = await stage.container("tokens", answering(""));
        expect(await events((await stream(await stage.serial([container]))).Body)).to.deep.equal([]);
    });

    it("is a ModelError where the container refuses", async () => {
        const container = await stage.container("tokens", (_request, response) => response.writeHead(400).end("no"));
        const error = errorOf(await invoke(await stage.serial([container]), { operation: OPERATION }));
        expect(error).to.include({ status: 424, type: "ModelError", OriginalStatusCode: 400, OriginalMessage: "no" });
    });

    it("is a ModelError where the container does not begin in time", async () => {
        const container = await stage.rawContainer("tokens", () => undefined);
        const error = errorOf(
            await invoke(await stage.serial([container], { streamMs: 50 }), { operation: OPERATION }),
        );
        expect(error).to.include({ status: 424, OriginalStatusCode: 0 });
    });

    it("ends with StreamBroken where the container dies", async () => {
        const container = await stage.rawContainer("tokens", (socket) => {
            socket.end("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        });
        const [half, error] = await events((await stream(await stage.serial([container]))).Body);
        expect(half).to.equal("half");
        expect(error).to.match(/^ModelStreamError: StreamBroken: The connection broke before/);
    });

    it("ends with ModelInvocationTimeExceeded where the container does not end in time", async () => {
        const container = await stage.container("tokens", (_request, response) => response.write("half"));
        const [half, error] = await events((await stream(await stage.serial([container], { streamMs: 1000 }))).Body);
        expect(half).to.equal("half");
        expect(error).to.match(/^ModelStreamError: ModelInvocationTimeExceeded: Your invocation timed out/);
    });

    it("cannot name a container of an endpoint for direct invocation", async () => {
        const url = await stage.gateway([endpoint([variant([await stage.container("a")], { mode: "Direct" })])]);
        expect(errorOf(await invoke(url, { operation: OPERATION }))).to.include({
            status: 400,
            type: "ValidationError",
        });
    });

    it("stops the container where the client goes away", async () => {
        const closed = new Promise((resolve) => {
            void stage
                .container("tokens", (_request, response) => {
                    response.write("one");
                    response.on("close", resolve);
                })
                .then((container) => stage.serial([container]))
                .then((url) => request(`${url}/endpoints/demo/${OPERATION}`, { method: "POST", body: "{}" }))
                .then(async ({ body }) => {
                    await once(body, "readable");
                    body.on("error", () => undefined).destroy();
                });
        });
        await closed;
        expect(stage.log).to.deep.equal([]);
    });

    it("takes no more from the container than a slow client reads", async () => {
        let written = 0;
        const container = await stage.container("tokens", (_request, response) => {
            const more = (): void => {
                while (written < 64 && response.write(Buffer.alloc(1024 * 1024))) written++;
                written++;
                if (written < 64) response.once("drain", more);
                else response.end();
            };
            more();
        });
        const url = await stage.serial([container]);
        const { body } = await request(`${url}/endpoints/demo/${OPERATION}`, { method: "POST", body: "{}" });
        await once(body, "readable");
        // Everything that could move by itself has moved once a round trip to the gateway is through.
        for (let index = 0; index < 50; index++) await request(`${url}/ping`).then((answer) => answer.body.dump());
        expect(written).to.be.lessThan(64);
        let size = 0;
        for await (const chunk of body as AsyncIterable<Buffer>) size += chunk.length;
        expect(size).to.be.greaterThan(60 * 1024 * 1024);
    });
});
