import { Readable } from "node:stream";
import { expect } from "chai";
import { errorOf, invoke } from "./support/invoke.ts";
import { answering, endpoint, Stage, variant } from "./support/stage.ts";

describe("payload limits", () => {
    const stage = new Stage();
    afterEach(() => stage.stop());
    const MiB = 1024 * 1024;

    it("are 25 MiB in and out", async () => {
        const container = await stage.container("echo", ({ body }, response) => response.end(body));
        const url = await stage.serial([container]);
        expect((await invoke(url, { body: Buffer.alloc(25 * MiB) })).body).to.have.length(25 * MiB);
        const error = errorOf(await invoke(url, { body: Buffer.alloc(25 * MiB + 1) }));
        expect(error).to.deep.equal({
            status: 413,
            type: undefined,
            Message: "HTTP content length exceeded 26214400 bytes.",
        });
        expect(container.received).to.have.length(1);
    });

    it("hold for a payload that does not tell its length", async () => {
        const container = await stage.container("predict");
        const url = await stage.serial([container], { requestBytes: 1000 });
        const pieces = (count: number): Readable =>
            Readable.from(Array.from({ length: count }, () => Buffer.alloc(100)));
        expect((await invoke(url, { body: pieces(10) })).status).to.equal(200);
        expect((await invoke(url, { body: pieces(11) })).status).to.equal(413);
        expect((await invoke(url)).status).to.equal(200);
        expect(container.received).to.have.length(2);
    });

    it("are those of the endpoint where it has lower ones", async () => {
        const container = await stage.container("predict");
        const url = await stage.gateway([{ ...endpoint([variant([container])]), requestBytes: 4 * MiB }]);
        expect((await invoke(url, { body: Buffer.alloc(4 * MiB) })).status).to.equal(200);
        expect((await invoke(url, { body: Buffer.alloc(4 * MiB + 1) })).status).to.equal(413);
    });

    it("hold for what a container answers", async () => {
        const container = await stage.container("predict", answering(Buffer.alloc(MiB + 1)));
        const error = errorOf(await invoke(await stage.serial([container], { responseBytes: MiB })));
        expect(error).to.include({ status: 424, OriginalStatusCode: 0 });
        expect(error.OriginalMessage).to.equal("The container's response is larger than 1 MB.");
    });

    it("leave a connection usable after a refusal", async () => {
        const url = await stage.serial([await stage.container("predict")], { requestBytes: 1000 });
        for (let index = 0; index < 5; index++) {
            expect((await invoke(url, { body: Buffer.alloc(MiB) })).status).to.equal(413);
            expect((await invoke(url)).status).to.equal(200);
        }
    });
});
