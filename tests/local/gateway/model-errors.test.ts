import type { Socket } from "node:net";
import { expect } from "chai";
import { errorOf, invoke } from "./support/invoke.ts";
import { answering, Stage } from "./support/stage.ts";

describe("ModelError", () => {
    const stage = new Stage();
    afterEach(() => stage.stop());

    for (const [status, side] of [
        [400, "client"],
        [404, "client"],
        [499, "client"],
        [500, "server"],
        [503, "server"],
        [302, "server"],
    ] as const) {
        it(`names a container that answers ${status}`, async () => {
            const container = await stage.container("predict", (_request, response) => {
                response.writeHead(status, { "Content-Type": "application/json" }).end('{"error":"é"}');
            });
            expect(errorOf(await invoke(await stage.serial([container])))).to.deep.equal({
                status: 424,
                type: "ModelError",
                Message:
                    `Received ${side} error (${status}) from predict with message "{"error":"é"}". ` +
                    "See the log of container predict for more information.",
                OriginalStatusCode: status,
                OriginalMessage: '{"error":"é"}',
                LogStreamArn:
                    "arn:aws:logs:us-east-1:123456789012:log-group:/aws/sagemaker/Endpoints/demo:log-stream:main/local/predict",
            });
        });
    }

    it("cuts long messages to what the API allows", async () => {
        const container = await stage.container("predict", (_request, response) => {
            response.writeHead(500).end("x".repeat(5000));
        });
        const error = errorOf(await invoke(await stage.serial([container])));
        expect(error.OriginalMessage).to.equal(`${"x".repeat(2047)}…`);
        expect(error.Message).to.have.length(2048);
        expect(error.Message).to.match(/x…". See the log of container predict for more information\.$/);
    });

    const http = (text: string) => (socket: Socket) => socket.write(text.replaceAll("\n", "\r\n"));
    const dying = (text: string) => (socket: Socket) => socket.end(text.replaceAll("\n", "\r\n"));
    const misbehaving = {
        "closes the connection without an answer": { onData: dying(""), reason: /connection broke/ },
        "resets the connection": {
            onData: (socket: Socket) => socket.resetAndDestroy(),
            reason: /connection broke.*ECONNRESET/,
        },
        "dies in the middle of the headers": { onData: dying("HTTP/1.1 200 OK\nContent-"), reason: /connection broke/ },
        "dies in the middle of the body": {
            onData: dying("HTTP/1.1 200 OK\nContent-Length: 10\n\nhalf"),
            reason: /connection broke/,
        },
        "dies in the middle of a chunked body": {
            onData: dying("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n4\nhalf\n"),
            reason: /connection broke/,
        },
        "speaks no HTTP": { onData: http("what?\n\n"), reason: /is not valid HTTP/ },
        "sends a broken chunk": {
            onData: http("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nzz\n"),
            reason: /is not valid HTTP/,
        },
        "switches protocols": {
            onData: http("HTTP/1.1 101 Switching\nUpgrade: x\nConnection: upgrade\n\n"),
            reason: /broke/,
        },
    };
    for (const [title, { onData, reason }] of Object.entries(misbehaving)) {
        it(`says so where a container ${title}`, async () => {
            const container = await stage.rawContainer("predict", onData);
            const error = errorOf(await invoke(await stage.serial([container])));
            expect(error).to.include({ status: 424, type: "ModelError", OriginalStatusCode: 0 });
            expect(error.Message).to.match(/^Received server error \(0\) from predict with message "/);
            expect(error.OriginalMessage).to.match(reason);
        });
    }

    it("says so where nobody listens", async () => {
        const container = await stage.deadContainer("predict");
        const error = errorOf(await invoke(await stage.serial([container])));
        expect(error).to.include({ status: 424, OriginalStatusCode: 0 });
        expect(error.OriginalMessage).to.equal(
            `The container does not accept connections at ${container.origin} (ECONNREFUSED).`,
        );
    });

    it("says so where a container takes too long to begin", async () => {
        const container = await stage.rawContainer("predict", () => undefined);
        const error = errorOf(await invoke(await stage.serial([container], { responseMs: 50 })));
        expect(error).to.include({ status: 424, type: "ModelError", OriginalStatusCode: 0 });
        expect(error.Message).to.contain(
            'Received server error (0) from predict with message "Your invocation timed out while waiting for a response ' +
                "from container predict. ",
        );
    });

    it("says so where a container takes too long to end, though bytes keep coming", async () => {
        const container = await stage.container("predict", (_request, response) => {
            const timer = setInterval(() => response.write("x"), 5);
            response.on("close", () => {
                clearInterval(timer);
            });
        });
        const error = errorOf(await invoke(await stage.serial([container], { responseMs: 50 })));
        expect(error.OriginalMessage).to.contain("timed out");
    });

    it("says why a container cannot be invoked, and invokes it once it can", async () => {
        const container = await stage.container("predict");
        container.unavailable = "is restarting after it exited with code 137";
        const url = await stage.serial([container]);

        const error = errorOf(await invoke(url));
        container.unavailable = undefined;

        expect(error).to.include({ status: 424, OriginalStatusCode: 0 });
        expect(error.OriginalMessage).to.equal("The container is restarting after it exited with code 137.");
        expect(container.received).to.deep.equal([]);
        expect((await invoke(url)).status).to.equal(200);
    });

    it("ends when the container is back, on another port", async () => {
        const before = await stage.container("predict", answering("old"));
        const after = await stage.container("predict", answering("new"));
        const url = await stage.serial([before]);
        const first = await invoke(url);
        before.origin = after.origin;
        expect([first.text, (await invoke(url)).text]).to.deep.equal(["old", "new"]);
    });

    it("does not follow from a container that closes its connection after each answer", async () => {
        const container = await stage.rawContainer("predict", dying("HTTP/1.1 200 OK\nContent-Length: 2\n\n{}"));
        const url = await stage.serial([container]);
        for (let index = 0; index < 20; index++) expect((await invoke(url)).status).to.equal(200);
    });

    it("does not follow from an answer that ends with its connection", async () => {
        const container = await stage.rawContainer("predict", dying("HTTP/1.0 200 OK\n\nall"));
        expect(await invoke(await stage.serial([container]))).to.include({ status: 200, text: "all" });
    });
});
