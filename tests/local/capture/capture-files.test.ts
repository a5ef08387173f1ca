import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { CaptureFiles } from "../../../local/capture/capture-files.ts";
import { captureLine, type CaptureOptions } from "../../../local/capture/capture-line.ts";
import type { Exchange } from "../../../local/gateway/served-endpoint.ts";
import { invoke } from "../gateway/support/invoke.ts";
import { answering, endpoint, Stage, variant } from "../gateway/support/stage.ts";

const options: CaptureOptions = {
    samplingPercent: 100,
    modes: ["Input", "Output"],
    csv: ["text/csv"],
    json: ["application/json"],
};
const exchange: Exchange = {
    variant: "main",
    request: { contentType: "text/csv; charset=utf-8", body: Buffer.from("1,2\n") },
    answer: { contentType: "image/png", body: Buffer.from([0, 255]) },
    inferenceId: undefined,
};
const at = new Date("2026-11-24T17:25:49.123Z");

describe("captureLine", () => {
    it("is a line as SageMaker's data capture writes it: known types as text, others in base64", () => {
        expect(JSON.parse(captureLine(exchange, options, "id", at))).to.deep.equal({
            captureData: {
                endpointInput: {
                    observedContentType: "text/csv; charset=utf-8",
                    mode: "INPUT",
                    data: "1,2\n",
                    encoding: "CSV",
                },
                endpointOutput: { observedContentType: "image/png", mode: "OUTPUT", data: "AP8=", encoding: "BASE64" },
            },
            eventMetadata: { eventId: "id", inferenceTime: "2026-11-24T17:25:49Z" },
            eventVersion: "0",
        });
    });

    it("has what it is told to record alone, and the client's own id", () => {
        const line = captureLine({ ...exchange, inferenceId: "42" }, { ...options, modes: ["Output"] }, "id", at);
        const { captureData, eventMetadata } = JSON.parse(line) as Record<string, object>;
        expect(Object.keys(captureData ?? {})).to.deep.equal(["endpointOutput"]);
        expect(eventMetadata).to.include({ inferenceId: "42" });
    });
});

describe("CaptureFiles", () => {
    const stage = new Stage();
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "capture-"));
    });
    afterEach(async () => {
        await stage.stop();
        rmSync(folder, { recursive: true, force: true });
    });

    const files = (): string[] =>
        readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".jsonl"));
    const never = (what: string): never => {
        throw new Error(what);
    };

    it("record what the gateway was asked and what it answered, and no request that failed", async () => {
        const capture = new CaptureFiles(folder, options, never);
        const good = await stage.container("good", answering("[0.9]"));
        const bad = await stage.container("bad", (_request, response) => {
            response.writeHead(500).end();
        });
        const url = await stage.gateway([
            { ...endpoint([variant([good])], "good"), record: capture.record },
            { ...endpoint([variant([bad])], "bad"), record: capture.record },
        ]);
        const headers = { "Content-Type": "text/csv" };
        for (const name of ["good", "bad", "good"]) await invoke(url, { endpoint: name, headers, body: "5,3" });
        await capture.close();

        const [file, ...others] = files();
        expect(others).to.deep.equal([]);
        expect(file).to.match(/^main\/\d{4}\/\d\d\/\d\d\/\d\d\/[\w-]+\.jsonl$/);
        const lines = readFileSync(join(folder, file ?? ""), "utf8")
            .trimEnd()
            .split("\n");
        expect(lines).to.have.length(2);
        expect(JSON.parse(lines[0] ?? "")).to.deep.include({
            captureData: {
                endpointInput: { observedContentType: "text/csv", mode: "INPUT", data: "5,3", encoding: "CSV" },
                endpointOutput: {
                    observedContentType: "application/json",
                    mode: "OUTPUT",
                    data: "[0.9]",
                    encoding: "JSON",
                },
            },
        });
    });

    it("record about the share of requests that is asked for", async () => {
        const capture = new CaptureFiles(folder, { ...options, samplingPercent: 20 }, never);
        for (let request = 0; request < 1000; request++) capture.record(exchange);
        await capture.close();
        const lines = files().flatMap((file) => readFileSync(join(folder, file), "utf8").trimEnd().split("\n"));
        expect(lines.length).to.be.within(100, 300); // 8 standard deviations
    });

    it("say what could not be recorded, and go on", async () => {
        const warnings: string[] = [];
        writeFileSync(join(folder, "file"), "");
        const capture = new CaptureFiles(join(folder, "file"), options, (what) => warnings.push(what));
        capture.record(exchange);
        await capture.close();
        expect(warnings).to.have.length(1);
        expect(warnings[0]).to.match(/^a request was not recorded in .*ENOTDIR/);
    });
});
