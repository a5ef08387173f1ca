import { expect } from "chai";
import { request } from "undici";
import { errorOf, invoke } from "./support/invoke.ts";
import { answering, Stage } from "./support/stage.ts";
import type { TestContainer } from "./support/stage.ts";

describe("an inference pipeline", () => {
    const stage = new Stage();
    afterEach(() => stage.stop());

    /** Containers that each append their hostname to the payload. */
    const appending = (hostnames: readonly string[]): Promise<TestContainer[]> =>
        Promise.all(
            hostnames.map((hostname) =>
                stage.container(hostname, ({ body }, response) => response.end(`${body.toString()} ${hostname}`)),
            ),
        );

    for (const count of [2, 3, 15]) {
        it(`passes the payload through ${count} containers in order`, async () => {
            const hostnames = Array.from({ length: count }, (_, index) => `step-${index + 1}`);
            const url = await stage.serial(await appending(hostnames));
            expect((await invoke(url, { body: "in" })).text).to.equal(["in", ...hostnames].join(" "));
        });
    }

    it("hands each container the Content-Type of the response before, word for word, and only the last the Accept", async () => {
        const first = await stage.container("first", answering("1", { "Content-Type": "text/csv;  header=ABSENT" }));
        const second = await stage.container("second", (_request, response) => response.end("2"));
        const third = await stage.container("third", answering("3", { "Content-Type": "text/plain" }));
        const url = await stage.serial([first, second, third]);

        const answer = await invoke(url, { headers: { "Content-Type": "image/png", Accept: "application/json" } });

        const headers = [first, second, third].map(({ received }) => received[0]?.headers ?? {});
        expect(headers.map((all) => all["content-type"])).to.deep.equal([
            "image/png",
            "text/csv;  header=ABSENT",
            undefined,
        ]);
        expect(headers.map(({ accept }) => accept)).to.deep.equal([undefined, undefined, "application/json"]);
        expect(answer.headers["content-type"]).to.equal("text/plain");
    });

    it("hands every container the custom attributes, and returns those of the last", async () => {
        const name = "X-Amzn-SageMaker-Custom-Attributes";
        const containers = [
            await stage.container("first", answering("1", { [name]: "first's" })),
            await stage.container("second", answering("2", { [name]: "second's" })),
        ];
        const url = await stage.serial(containers);

        const answer = await invoke(url, { headers: { [name]: "client's" } });

        const received = containers.map((container) => container.received[0]?.headers[name.toLowerCase()]);
        expect(received).to.deep.equal(["client's", "client's"]);
        expect(answer.headers[name.toLowerCase()]).to.equal("second's");
    });

    it("stops at the first container that fails, and names it", async () => {
        const first = await stage.container("first");
        const second = await stage.container("second", (_request, response) => response.writeHead(415).end("no CSV"));
        const third = await stage.container("third");
        const url = await stage.serial([first, second, third]);

        const error = errorOf(await invoke(url));

        expect(error).to.include({ status: 424, OriginalStatusCode: 415, OriginalMessage: "no CSV" });
        expect(error.Message).to.contain('Received client error (415) from second with message "no CSV"');
        expect(error.LogStreamArn).to.equal(
            "arn:aws:logs:us-east-1:123456789012:log-group:/aws/sagemaker/Endpoints/demo:log-stream:main/local/second",
        );
        expect(third.received).to.deep.equal([]);
    });

    const failing = {
        "answers 500": {
            middle: () => stage.container("second", (_request, response) => response.writeHead(500).end("no model")),
            status: 500,
            message: 'Received server error (500) from second with message "no model"',
        },
        "speaks no HTTP": {
            middle: () => stage.rawContainer("second", (socket) => socket.write("what?\r\n\r\n")),
            status: 0,
            message: "Received server error (0) from second with message \"The container's response is not valid HTTP",
        },
        "stops in the middle of its response": {
            middle: () =>
                stage.rawContainer("second", (socket) =>
                    socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n${"x".repeat(100_000)}`),
                ),
            status: 0,
            message: 'Received server error (0) from second with message "The connection broke',
        },
        "does not answer in time": {
            middle: () => stage.rawContainer("second", () => undefined),
            status: 0,
            message: 'Received server error (0) from second with message "Your invocation timed out',
        },
    };
    for (const [title, { middle, status, message }] of Object.entries(failing)) {
        it(`names a container in the middle that ${title}, and asks none after it`, async () => {
            const last = await stage.container("last");
            const containers = [await stage.container("first"), await middle(), last];

            const error = errorOf(await invoke(await stage.serial(containers, { responseMs: 1000 })));

            expect(error).to.include({ status: 424, type: "ModelError", OriginalStatusCode: status });
            expect(error.Message).to.contain(message);
            expect(last.received).to.deep.equal([]);
        });
    }

    it("asks no further container once the client has gone", async () => {
        const arrived = Promise.withResolvers<undefined>();
        const closed = Promise.withResolvers<undefined>();
        const second = await stage.container("second", (_request, response) => {
            response.on("close", () => {
                closed.resolve(undefined);
            });
            arrived.resolve(undefined);
        });
        const third = await stage.container("third");
        const url = await stage.serial([await stage.container("first"), second, third]);
        const client = new AbortController();
        const path = `${url}/endpoints/demo/invocations`;
        const answer = request(path, { method: "POST", body: "{}", signal: client.signal }).catch(() => undefined);

        await arrived.promise;
        client.abort();
        await Promise.all([answer, closed.promise]);

        expect(third.received).to.deep.equal([]);
    });

    it("keeps one connection to each container for requests that follow each other", async () => {
        const containers = await appending(["first", "second", "third"]);
        const url = await stage.serial(containers);
        for (let index = 0; index < 5; index++) await invoke(url);
        const ports = containers.map(({ received }) => new Set(received.map(({ port }) => port)).size);
        expect(containers.map(({ received }) => received.length)).to.deep.equal([5, 5, 5]);
        expect(ports).to.deep.equal([1, 1, 1]);
    });

    it("keeps the requests of several clients apart", async () => {
        const url = await stage.serial(await appending(["first", "second", "third"]));
        const bodies = Array.from({ length: 20 }, (_, index) => `${index}`.repeat(index * 10_000 + 1));
        const answers = await Promise.all(bodies.map((body) => invoke(url, { body })));
        expect(answers.every(({ text }, index) => text === `${bodies[index] ?? ""} first second third`)).to.equal(true);
    });

    it("passes on every byte of a payload, whether or not its length is known beforehand", async () => {
        const payload = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 7919) % 251));
        const sized = await stage.container("sized", ({ body }, response) => {
            response.writeHead(200, { "Content-Length": body.length }).end(body);
        });
        const chunked = await stage.container("chunked", ({ body }, response) => response.writeHead(200).end(body));
        const containers = [sized, chunked, await stage.container("last", ({ body }, response) => response.end(body))];
        const answer = await invoke(await stage.serial(containers), { body: payload });
        expect(containers.map(({ received }) => received[0]?.body.equals(payload))).to.deep.equal([true, true, true]);
        expect(answer.body.equals(payload)).to.equal(true);
    });

    const LIMIT = 5 * 1024 * 1024;

    it("passes 5 MB from one container to the next", async () => {
        const first = await stage.container("first", answering(Buffer.alloc(LIMIT)));
        const second = await stage.container("second", ({ body }, response) => response.end(String(body.length)));
        expect((await invoke(await stage.serial([first, second]))).text).to.equal(String(LIMIT));
    });

    it("refuses to pass a byte more", async () => {
        const first = await stage.container("first", answering(Buffer.alloc(LIMIT + 1)));
        const second = await stage.container("second");

        const error = errorOf(await invoke(await stage.serial([first, second])));

        const message =
            "Received response from first with status code 200. However, the request payload from first to second is " +
            "5242881 bytes, which has exceeded the maximum limit of 5 MB.";
        expect(error).to.include({ status: 424, type: "ModelError", Message: message, OriginalStatusCode: 200 });
        expect(second.received).to.deep.equal([]);
    });

    it("refuses a byte more that is announced, too", async () => {
        const first = await stage.container(
            "first",
            answering("x".repeat(LIMIT + 1), { "Content-Length": `${LIMIT + 1}` }),
        );
        const second = await stage.container("second");
        const error = errorOf(await invoke(await stage.serial([first, second])));
        expect(error.Message).to.contain("the request payload from first to second is 5242881 bytes");
        expect(second.received).to.deep.equal([]);
    });

    it("lets the client send, and the last container answer, more than 5 MB", async () => {
        const payload = Buffer.alloc(LIMIT + 1, "x");
        const first = await stage.container("first", answering("small"));
        const second = await stage.container("second", answering(payload));
        const answer = await invoke(await stage.serial([first, second]), { body: payload });
        expect(first.received[0]?.body).to.have.length(payload.length);
        expect(answer.body.equals(payload)).to.equal(true);
    });
});
