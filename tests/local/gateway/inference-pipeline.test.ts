import { expect } from "chai";
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

    it("lets the client send, and the last container answer, more than 5 MB", async () => {
        const payload = Buffer.alloc(LIMIT + 1, "x");
        const first = await stage.container("first", answering("small"));
        const second = await stage.container("second", answering(payload));
        const answer = await invoke(await stage.serial([first, second]), { body: payload });
        expect(first.received[0]?.body).to.have.length(payload.length);
        expect(answer.body.equals(payload)).to.equal(true);
    });
});
