import { Writable } from "node:stream";
import type { ServerResponse } from "node:http";
import { expect } from "chai";
import { sendStream } from "../../../local/gateway/answer.ts";

/** As much of a ServerResponse as a stream is written to. */
class Recording extends Writable {
    readonly written: Buffer[] = [];

    override _write(chunk: Buffer, _encoding: string, done: () => void): void {
        this.written.push(chunk);
        done();
    }
    writeHead(): void {
        this.written.length = 0;
    }
    flushHeaders(): void {
        this.written.length = 0;
    }
}

describe("a response stream", () => {
    it("ends with InternalStreamFailure, and a line in the log, where the gateway fails", async () => {
        const response = new Recording();
        const logged: unknown[] = [];
        const failure = new TypeError("a mistake");
        async function* chunks(): AsyncGenerator<Buffer> {
            yield await Promise.resolve(Buffer.from("part"));
            throw failure;
        }
        const answer = { status: 200, contentType: undefined, customAttributes: undefined, chunks: chunks() };

        const broken = await sendStream(response as unknown as ServerResponse, "main", answer, (error) =>
            logged.push(error),
        );

        expect(broken).to.equal(failure);
        expect(logged).to.deep.equal([failure]);
        const [part, last] = response.written.map(String);
        expect(part).to.contain("PayloadPart").and.to.contain("part");
        expect(last).to.contain("InternalStreamFailure").and.to.contain("The gateway failed; its log says why.");
        expect(response.writableFinished).to.equal(true);
    });
});
