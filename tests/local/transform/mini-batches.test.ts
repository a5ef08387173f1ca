import { expect } from "chai";
import fc from "fast-check";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bodyOf, halves, type MiniBatch, miniBatches, type Oversized } from "../../../local/transform/mini-batches.ts";
import { readRecords } from "../../../local/transform/read-records.ts";

describe("mini-batches of a file's lines", () => {
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "records-"));
    });
    after(() => {
        rmSync(folder, { recursive: true });
    });

    async function batchesOf(
        content: string,
        strategy: "single-record" | "multi-record",
        limit: number,
        done: ReadonlySet<number> = new Set(),
    ) {
        const file = join(folder, "input");
        writeFileSync(file, content);
        const { size, mtimeMs } = statSync(file);
        const records = readRecords({ path: "input", file, size, modifiedMs: mtimeMs }, "line", limit);
        const made: (MiniBatch | Oversized)[] = [];
        for await (const one of miniBatches(records, strategy, limit, (line) => done.has(line))) made.push(one);
        return made;
    }
    const isBatch = (made: MiniBatch | Oversized): made is MiniBatch => "records" in made;

    it("hold every line that is not done, once, in order, within the limit", async () => {
        const line = fc.string({ maxLength: 12 }).map((text) => text.replaceAll("\n", ""));
        await fc.assert(
            fc.asyncProperty(
                fc.array(line, { maxLength: 60 }),
                fc.boolean(),
                fc.integer({ min: 8, max: 40 }),
                fc.uniqueArray(fc.integer({ min: 1, max: 60 })),
                fc.constantFrom("single-record" as const, "multi-record" as const),
                async (lines, endsInNewline, limit, done, strategy) => {
                    const content = lines.join("\n") + (endsInNewline && lines.length > 0 ? "\n" : "");
                    const wanted = content === "" ? [] : content.replace(/\n$/, "").split("\n");
                    const made = await batchesOf(content, strategy, limit, new Set(done));
                    const sent = made.filter(isBatch).flatMap(({ first, last, records }) => {
                        expect(last - first + 1).to.equal(records.length);
                        return records.map((record, index) => [first + index, record.toString()]);
                    });
                    const isLarge = (text: string) => Buffer.byteLength(text) > limit;
                    const expected = wanted
                        .map((text, index) => [index + 1, text] as const)
                        .filter(([number]) => !done.includes(number));
                    expect(sent).to.deep.equal(expected.filter(([, text]) => !isLarge(text)));
                    const large = made.filter((one): one is Oversized => !isBatch(one)).map((one) => one.line);
                    expect(large).to.deep.equal(expected.filter(([, text]) => isLarge(text)).map(([number]) => number));
                    for (const batch of made.filter(isBatch)) expect(bodyOf(batch).length).to.be.at.most(limit);
                },
            ),
            { numRuns: 60 },
        );
    });

    it("are as large as the limit lets them be", async () => {
        const made = (await batchesOf("aa\nbb\ncc\ndd\n", "multi-record", 5)).filter(isBatch);
        expect(made.map((batch) => bodyOf(batch).toString())).to.deep.equal(["aa\nbb", "cc\ndd"]);
    });

    it("know the length of a line that is larger than all memory may hold of it", async () => {
        const made = await batchesOf(`short\n${"x".repeat(1_000_000)}\nshort\n`, "multi-record", 100);
        expect(made.find((one) => !isBatch(one))).to.deep.equal({ line: 2, bytes: 1_000_000 });
    });

    it("are halved into two that follow each other", () => {
        const records = ["a", "b", "c", "d", "e"].map((text) => Buffer.from(text));
        const [left, right] = halves({ first: 10, last: 14, records });
        expect([left.first, left.last, right.first, right.last]).to.deep.equal([10, 12, 13, 14]);
        expect([...left.records, ...right.records]).to.deep.equal(records);
    });
});
