import { expect } from "chai";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { GatewayMetrics } from "../../../local/gateway/metrics.ts";
import { inputFiles } from "../../../local/transform/input-files.ts";
import { ModelClient } from "../../../local/transform/model-client.ts";
import { OutputFolder } from "../../../local/transform/output-folder.ts";
import { Transformation } from "../../../local/transform/transformation.ts";
import { type SpecFlags, transformSpec } from "../../../local/transform/transform-spec.ts";
import { endpoint, type Received, type Respond, Stage, type TestContainer, variant } from "../gateway/support/stage.ts";

const LINES: SpecFlags = { contentType: "text/plain", split: "line", strategy: "single-record", assemble: "line" };

/** Answers each line in capitals; refuses a request that holds "bad" anywhere, as a server that decodes the whole body does. */
const capitals: Respond = ({ body }, response) => {
    const text = body.toString();
    response.writeHead(text.includes("bad") ? 400 : 200, { "Content-Type": "text/plain" });
    response.end(text.includes("bad") ? "no good" : text.toUpperCase());
};

describe("Transformation", () => {
    let stage: Stage;
    let folder: string;
    beforeEach(() => {
        stage = new Stage();
        folder = mkdtempSync(join(tmpdir(), "transform-"));
    });
    afterEach(async () => {
        await stage.stop();
        rmSync(folder, { recursive: true });
    });

    const write = (files: Readonly<Record<string, string>>) => {
        for (const [path, content] of Object.entries(files)) {
            const file = join(folder, "in", path);
            mkdirSync(dirname(file), { recursive: true });
            writeFileSync(file, content);
        }
    };
    const result = (path: string) => readFileSync(join(folder, "out", `${path}.out`), "utf8");

    /** Runs the containers over what was written. */
    async function transform(
        containers: readonly TestContainer[],
        flags: SpecFlags = LINES,
        stop = new AbortController(),
    ) {
        const spec = transformSpec(undefined, flags);
        const files = inputFiles(join(folder, "in"), join(folder, "out"));
        const output = new OutputFolder(join(folder, "out"), { model: "one" });
        const client = new ModelClient(endpoint([variant(containers)]), spec, new GatewayMetrics(), stop.signal);
        const observer = { counted: () => undefined, failed: () => undefined };
        const transformation = new Transformation(files, spec, output, client, observer);
        try {
            return { counts: await transformation.run(), failures: transformation.failures };
        } finally {
            await client.close();
            output.release();
        }
    }

    it("writes a result for each file, in the folders of the input, a line for each line", async () => {
        write({ "a.txt": "one\ntwo\nthree\n", "deep/er/b.txt": "four", ".hidden": "no" });
        const { counts } = await transform([await stage.container("capitals", capitals)], { ...LINES, concurrency: 4 });
        expect(result("a.txt")).to.equal("ONE\nTWO\nTHREE\n");
        expect(result("deep/er/b.txt")).to.equal("FOUR\n");
        expect(existsSync(join(folder, "out", ".hidden.out"))).to.equal(false);
        expect(counts).to.deep.include({ files: 2, records: 4, failed: 0 });
    });

    it("passes each record through all containers, and tells only the last what is accepted", async () => {
        const shout = await stage.container("shout", capitals);
        const mark = await stage.container("mark", ({ body }, response) => response.end(`${body.toString()}!`));
        write({ "a.txt": "one\n" });
        await transform([shout, mark], { ...LINES, accept: "text/csv" });
        expect(result("a.txt")).to.equal("ONE!\n");
        expect([shout, mark].map(({ received }) => received[0]?.headers.accept)).to.deep.equal([undefined, "text/csv"]);
        expect(shout.received[0]?.headers["content-type"]).to.equal("text/plain");
    });

    it("sends a file that is not split as it is, and leaves its response as it is", async () => {
        const container = await stage.container("echo", ({ body }, response) => response.end(body));
        write({ "image.bin": "\n\n binary \n" });
        await transform([container], { contentType: "image/png" });
        expect(result("image.bin")).to.equal("\n\n binary \n");
    });

    it("has many requests in flight, and no more than it is told to", async () => {
        let inFlight = 0;
        let most = 0;
        const waiting: (() => void)[] = [];
        const container = await stage.container("slow", ({ body }, response) => {
            most = Math.max(most, ++inFlight);
            waiting.push(() => {
                inFlight--;
                response.end(body);
            });
            if (waiting.length === 3 || inFlight > 3) for (const answer of waiting.splice(0).reverse()) answer();
        });
        write({ "a.txt": Array.from({ length: 30 }, (_, index) => `line ${index}`).join("\n") });
        await transform([container], { ...LINES, concurrency: 3 });
        expect(most).to.equal(3);
        expect(result("a.txt").split("\n")[29]).to.equal("line 29");
    });

    it("finds the records that a request of many is refused for, and keeps what the others are answered", async () => {
        write({ "a.txt": "one\ntwo\nbad\nfour\nfive\n", "b.txt": "six\n" });
        const container = await stage.container("capitals", capitals);
        const flags = { ...LINES, strategy: "multi-record" } as const;
        const { counts, failures } = await transform([container], flags);
        expect(failures).to.have.length(1);
        expect(failures[0]).to.deep.include({ file: "a.txt", line: 3 });
        expect(failures[0]?.reason).to.contain("client error (400) from capitals").and.to.contain("no good");
        expect(existsSync(join(folder, "out", "a.txt.out"))).to.equal(false); // as on SageMaker
        expect(result("b.txt")).to.equal("SIX\n");
        expect(counts).to.deep.include({ files: 1, records: 5, failed: 1 });

        const mended = await stage.container("mended", ({ body }, response) =>
            response.end(body.toString().toUpperCase()),
        );
        expect((await transform([mended], flags)).counts).to.deep.include({ files: 2, recordsBefore: 5, failed: 0 });
        expect(mended.received.map(({ body }) => body.toString())).to.deep.equal(["bad"]);
        expect(result("a.txt")).to.equal("ONE\nTWO\nBAD\nFOUR\nFIVE\n");
    });

    it("refuses lines and files over the payload limit by name, without sending them", async () => {
        const container = await stage.container("capitals", capitals);
        const large = "x".repeat(1024 * 1024 + 1);
        write({ "a.txt": `one\n${large}\nthree\n` });
        const { failures } = await transform([container], { ...LINES, maxPayloadMiB: 1 });
        expect(failures).to.deep.equal([
            {
                file: "a.txt",
                line: 2,
                reason: "the line has 1048577 bytes; a request takes 1 MiB at most (maxPayloadMiB)",
            },
        ]);
        expect(container.received).to.have.length(2);

        rmSync(join(folder, "out"), { recursive: true });
        const whole = await transform([container], { contentType: "text/plain", maxPayloadMiB: 1 });
        expect(whole.failures[0]?.reason)
            .to.contain("the file has 1048588 bytes")
            .and.to.contain("split a text file by line");
    });

    it("does nothing again that is done, and does again what has changed", async () => {
        const container = await stage.container("capitals", capitals);
        write({ "a.txt": "one\n", "b.txt": "two\n" });
        await transform([container]);
        write({ "b.txt": "new\n" });
        utimesSync(join(folder, "in", "b.txt"), 1, 1);
        const { counts } = await transform([container]);
        expect(container.received.map(({ body }) => body.toString())).to.deep.equal(["one", "two", "new"]);
        expect(counts).to.deep.include({ files: 2, filesBefore: 1 });
        expect(result("b.txt")).to.equal("NEW\n");
    });

    it("goes on where it was stopped", async () => {
        const stop = new AbortController();
        write({ "a.txt": "1\n2\n3\n4\n5\n6\n" });
        const first = await stage.container("first", ({ body }, response) => {
            if (body.toString() === "4") stop.abort("SIGINT");
            else response.end(body);
        });
        const stopped = await transform([first], LINES, stop).catch((error: unknown) => error);
        expect(stopped).to.be.instanceOf(Error);
        const second = await stage.container("second", ({ body }, response) => response.end(body));
        expect((await transform([second])).counts).to.deep.include({ recordsBefore: 3, records: 6 });
        expect(second.received.map(({ body }) => body.toString())).to.deep.equal(["4", "5", "6"]);
        expect(result("a.txt")).to.equal("1\n2\n3\n4\n5\n6\n");
    });

    it("sends a request again that got no answer or a fault, but not one that was refused", async () => {
        const tries = new Map<string, number>();
        const flaky = await stage.container("flaky", ({ body }: Received, response: ServerResponse) => {
            const text = body.toString();
            const tried = (tries.get(text) ?? 0) + 1;
            tries.set(text, tried);
            if (text === "breaks" && tried === 1) response.destroy();
            else if (text === "fails" && tried === 1) response.writeHead(500).end();
            else response.writeHead(text === "refused" ? 400 : 200).end(text);
        });
        write({ "a.txt": "breaks\nfails\nrefused\n" });
        const { failures } = await transform([flaky]);
        expect(Object.fromEntries(tries)).to.deep.equal({ breaks: 2, fails: 2, refused: 1 });
        expect(failures.map(({ line }) => line)).to.deep.equal([3]);
    });

    it("names the two containers between which a payload is too large", async () => {
        const grow = await stage.container("grow", (_, response) => response.end(Buffer.alloc(5 * 1024 * 1024 + 1)));
        write({ "a.txt": "one\n" });
        const { failures } = await transform([grow, await stage.container("next")]);
        expect(failures[0]?.reason).to.contain("the request payload from grow to next is 5242881 bytes");
    });

    it("makes an empty result of an empty file", async () => {
        write({ "a.txt": "" });
        await transform([await stage.container("capitals", capitals)]);
        expect(result("a.txt")).to.equal("");
    });

    describe("refuses", () => {
        const accepted = { model: "one" };
        const open = (identity: Readonly<Record<string, string>> = accepted) =>
            new OutputFolder(join(folder, "out"), identity);

        it("an output folder with another run's results, saying what differs", async () => {
            write({ "a.txt": "one\n" });
            await transform([await stage.container("capitals", capitals)]);
            expect(() => open({ model: "two" })).to.throw("another run (model one there, two here)");
        });

        it("an output folder with files of its own", () => {
            mkdirSync(join(folder, "out"));
            writeFileSync(join(folder, "out", "thesis.doc"), "");
            expect(() => open()).to.throw("it holds files that are no results of this command");
            expect(existsSync(join(folder, "out", ".transform"))).to.equal(false);
        });

        it("an output folder that another run is writing to", () => {
            open();
            expect(() => open()).to.throw(`process ${process.pid} is writing to it`);
        });

        it("input that is not there, empty, or mixed up with the output", () => {
            const input = join(folder, "in");
            expect(() => inputFiles(input, join(folder, "out"))).to.throw("there is no file or folder");
            mkdirSync(input);
            expect(() => inputFiles(input, join(folder, "out"))).to.throw("holds no files");
            write({ "a.txt": "one" });
            expect(() => inputFiles(input, join(input, "results"))).to.throw("results would become input");
            expect(() => inputFiles(input, folder)).to.throw("results would become input");
            expect(() => inputFiles(input, join(input, "a.txt"))).to.throw("results would become input");
        });

        it("settings that break a rule, and none that say what the input is", () => {
            expect(() => transformSpec(undefined, {})).to.throw("--content-type: missing");
            expect(() => transformSpec(undefined, { ...LINES, concurrency: 50 })).to.throw("300 MiB in flight");
        });
    });
});
