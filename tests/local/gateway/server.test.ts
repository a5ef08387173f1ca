import { once } from "node:events";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { expect } from "chai";
import { request } from "undici";
import { createGateway } from "../../../local/gateway/gateway.ts";
import { errorOf, invoke } from "./support/invoke.ts";
import { endpoint, Stage, variant } from "./support/stage.ts";

describe("the gateway's server", () => {
    const stage = new Stage();
    const sockets: Socket[] = [];
    beforeEach(() => {
        stage.log.length = 0;
    });
    afterEach(async () => {
        for (const socket of sockets.splice(0)) socket.destroy();
        await stage.stop();
    });

    async function rawConnection(url: string): Promise<Socket> {
        const socket = connect(Number(new URL(url).port), "127.0.0.1");
        sockets.push(socket);
        await once(socket, "connect");
        return socket;
    }

    /** Sends bytes and resolves to all the server sends until it closes the connection. */
    async function exchange(url: string, text: string): Promise<string> {
        const socket = await rawConnection(url);
        socket.write(text);
        const chunks: Buffer[] = [];
        for await (const chunk of socket as AsyncIterable<Buffer>) chunks.push(chunk);
        return Buffer.concat(chunks).toString();
    }

    it("answers its own ping", async () => {
        const { statusCode, body } = await request(`${await stage.serial([await stage.container("a")])}/ping`);
        expect([statusCode, await body.text()]).to.deep.equal([200, ""]);
    });

    for (const [method, path] of [
        ["GET", "/"],
        ["GET", "/endpoints/demo/invocations"],
        ["POST", "/endpoints/demo"],
        ["POST", "/endpoints/demo/invocations/"],
        ["POST", "/endpoints//invocations"],
        ["POST", "/ping"],
        ["PUT", "/endpoints/demo/invocations"],
    ] as const) {
        it(`does not know ${method} ${path}, and says what it knows`, async () => {
            const answer = await request(`${await stage.serial([await stage.container("a")])}${path}`, { method });
            const { Message } = (await answer.body.json()) as { Message: string };
            expect(answer.statusCode).to.equal(404);
            expect(answer.headers["x-amzn-errortype"]).to.equal("UnknownOperationException");
            expect(Message).to.match(new RegExp(`^${method} ${path} is not known\\. Accepted are POST /endpoints/`));
        });
    }

    it("takes an invocation whatever the query", async () => {
        const url = await stage.serial([await stage.container("a")]);
        expect((await invoke(url, { operation: "invocations?x=1" })).status).to.equal(200);
    });

    it("answers only under a loopback name", async () => {
        const url = await stage.serial([await stage.container("a")]);
        for (const host of ["localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080"]) {
            expect((await invoke(url, { headers: { host } })).status, host).to.equal(200);
        }
        for (const host of ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8080", "10.0.0.1"]) {
            const error = errorOf(await invoke(url, { headers: { host } }));
            expect(error, host).to.include({ status: 403, type: "AccessDeniedException" });
            expect(error.Message).to.contain(`"${host}"`);
        }
    });

    it("refuses what is not HTTP with one line in the log, and lives on", async () => {
        const url = await stage.serial([await stage.container("a")]);
        const answer = await exchange(url, "this is not HTTP\r\n\r\n");
        expect(answer)
            .to.match(/^HTTP\/1\.1 400 Bad Request\r\n/)
            .and.to.contain("x-amzn-ErrorType: ValidationError");
        expect(stage.log).to.have.length(1);
        expect(stage.log[0]).to.match(/^gateway: refused a malformed request with 400: HPE_/);
        expect((await invoke(url)).status).to.equal(200);
    });

    it("refuses headers that never end", async () => {
        const url = await stage.serial([await stage.container("a")]);
        expect(await exchange(url, `GET /ping HTTP/1.1\r\nHost: localhost\r\nX: ${"x".repeat(20_000)}`)).to.match(
            /^HTTP\/1\.1 431 /,
        );
    });

    it("does not trouble a container with a payload that never ends", async () => {
        const container = await stage.container("a");
        const url = await stage.serial([container]);
        const socket = await rawConnection(url);
        socket.write("POST /endpoints/demo/invocations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf");
        // The half payload has arrived once a later request is answered.
        await invoke(url);
        socket.destroy();
        expect((await invoke(url)).status).to.equal(200);
        expect(container.received.map(({ body }) => body.toString())).to.deep.equal(["{}", "{}"]);
        expect(stage.log).to.deep.equal([]);
    });

    it("ends the request to a container where the client goes away, and counts no model error", async () => {
        const arrived = Promise.withResolvers<undefined>();
        const closed = Promise.withResolvers<undefined>();
        const container = await stage.container("slow", (_request, response) => {
            arrived.resolve(undefined);
            response.on("close", () => {
                closed.resolve(undefined);
            });
        });
        const gateway = createGateway({
            endpoints: [endpoint([variant([container])])],
            log: (line) => stage.log.push(line),
        });
        const socket = await rawConnection(await stage.listening(gateway));
        socket.write("POST /endpoints/demo/invocations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");
        await arrived.promise;
        socket.destroy();
        await closed.promise;

        const counts = Object.fromEntries((await gateway.summary()).map(({ metric, count }) => [metric, count]));
        expect(counts).to.include({ Invocations: 1, InvocationModelErrors: 0 });
        expect(stage.log).to.deep.equal([]);
    });

    it("answers requests one after another on one connection", async () => {
        const url = await stage.serial([await stage.container("a")]);
        const one = "POST /endpoints/demo/invocations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n";
        const answers = await exchange(url, `${one}\r\n{}${one}Connection: close\r\n\r\n{}`);
        expect(answers.match(/HTTP\/1\.1 200 OK/g)).to.have.length(2);
    });

    it("gives each of many concurrent requests its own answer, good or bad", async () => {
        const echo = await stage.container("echo", ({ body }, response) => {
            setImmediate(() => {
                const number = Number(body.toString());
                if (number % 5 === 0) response.destroy();
                else response.writeHead(number % 3 === 0 ? 500 : 200).end(body);
            });
        });
        const url = await stage.serial([echo]);
        const numbers = Array.from({ length: 200 }, (_, index) => index);
        const answers = await Promise.all(numbers.map((number) => invoke(url, { body: String(number) })));
        for (const [number, answer] of answers.entries()) {
            if (number % 5 === 0) expect(errorOf(answer).OriginalStatusCode).to.equal(0);
            else if (number % 3 === 0) expect(errorOf(answer).OriginalMessage).to.equal(String(number));
            else expect(answer).to.include({ status: 200, text: String(number) });
        }
    });

    it("finishes requests in flight when it closes, and takes no more", async () => {
        const arrived = Promise.withResolvers<() => void>();
        const container = await stage.container("slow", (_request, response) => {
            arrived.resolve(() => response.end("done"));
        });
        const gateway = createGateway({ endpoints: [endpoint([variant([container])])] });
        const url = await gateway.listen(0);
        const pending = invoke(url);
        const finish = await arrived.promise;
        const closed = gateway.close();
        finish();
        const answer = await pending;
        expect(answer).to.include({ status: 200, text: "done" });
        await closed;
        const refused: unknown = await invoke(url).catch((error: unknown) => error);
        expect(refused).to.have.property("code", "ECONNREFUSED");
    });

    it("cuts requests that do not end when it closes", async () => {
        const arrived = Promise.withResolvers<undefined>();
        const container = await stage.container("stuck", () => {
            arrived.resolve(undefined);
        });
        const gateway = createGateway({ endpoints: [endpoint([variant([container])])], limits: { closeMs: 50 } });
        const pending = invoke(await gateway.listen(0)).catch((error: unknown) => error);
        await arrived.promise;
        await gateway.close();
        await gateway.close();
        expect(await pending).to.have.property("code", "UND_ERR_SOCKET");
    });

    it("rejects where the port is taken", async () => {
        const url = await stage.serial([await stage.container("a")]);
        const gateway = createGateway({ endpoints: [] });
        const error: unknown = await gateway.listen(Number(new URL(url).port)).catch((reason: unknown) => reason);
        expect(error).to.have.property("code", "EADDRINUSE");
        await gateway.close();
    });

    it("needs endpoints of different names", async () => {
        const twins = [
            endpoint([variant([await stage.container("a")])]),
            endpoint([variant([await stage.container("b")])]),
        ];
        expect(() => createGateway({ endpoints: twins })).to.throw(RangeError, "two endpoints are named demo");
    });
});
