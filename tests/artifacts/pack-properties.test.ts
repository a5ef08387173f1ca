import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { hashTree } from "../../artifacts/hash-tree.ts";
import { packTree } from "../../artifacts/pack-tree.ts";
import { scanTree } from "../../artifacts/scan-tree.ts";
import { useFolder, writeFiles } from "./use-folder.ts";

const RUNS = { numRuns: 25 };

const segment = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
    .filter((name) => !/[/\0]/.test(name) && Buffer.byteLength(name) <= 200);

/** Directories end in `.d` and files in `.f`, so that none is asked to be both. */
const path = fc
    .tuple(fc.array(segment, { maxLength: 4 }), segment)
    .map(([directories, name]) => [...directories.map((directory) => `${directory}.d`), `${name}.f`].join("/"));

const files = fc
    .uniqueArray(fc.tuple(path, fc.uint8Array({ maxLength: 1500 })), {
        minLength: 1,
        maxLength: 8,
        selector: ([name]) => name.normalize().toLowerCase(),
    })
    .map((entries) => Object.fromEntries(entries));

function readFiles(folder: string): Record<string, Uint8Array> {
    const found = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".f"));
    return Object.fromEntries(found.map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]));
}

describe("packTree, for any tree", () => {
    const at = useFolder();
    const fresh = (): string => mkdtempSync(at("run-"));
    const write = (content: Record<string, Uint8Array>): string => writeFiles(fresh(), content);
    const pack = (folder: string) => packTree(scanTree(folder), { cacheFolder: fresh() });
    const hash = (folder: string) => hashTree(scanTree(folder), { cacheFolder: fresh() });

    it("gives back every file through GNU tar", async () => {
        await fc.assert(
            fc.asyncProperty(files, async (content) => {
                const { file } = await pack(write(content));
                const restored = fresh();
                execFileSync("tar", ["-xzf", file, "-C", restored]);
                expect(readFiles(restored)).to.deep.equal(content);
                rmSync(restored, { recursive: true });
            }),
            RUNS,
        );
    });

    it("has one hash whatever the order its files were made in", async () => {
        await fc.assert(
            fc.asyncProperty(files, async (content) => {
                const [one, other] = [write(content), write(Object.fromEntries(Object.entries(content).reverse()))];
                expect((await pack(other)).sha256).to.equal((await pack(one)).sha256);
                expect((await hash(other)).sha256).to.equal((await hash(one)).sha256);
            }),
            RUNS,
        );
    });

    it("has another hash when a byte, a name or a file changes", async () => {
        await fc.assert(
            fc.asyncProperty(files, fc.nat(), async (content, pick) => {
                const entries = Object.entries(content);
                const chosen = pick % entries.length;
                const changed = [
                    entries.map(([name, bytes], index) => [name, index === chosen ? flipped(bytes) : bytes] as const),
                    entries.map(([name, bytes], index) => [index === chosen ? `new/${name}` : name, bytes] as const),
                    [...entries, ["one more.f", new Uint8Array()] as const],
                ].map((list) => write(Object.fromEntries(list)));
                const folders = [write(content), ...changed];
                const packed = await Promise.all(folders.map(async (folder) => (await pack(folder)).contentSha256));
                const hashed = await Promise.all(folders.map(async (folder) => (await hash(folder)).sha256));
                expect(new Set(packed)).to.have.property("size", folders.length);
                expect(new Set(hashed)).to.have.property("size", folders.length);
            }),
            RUNS,
        );
    });

    it("tells an empty directory from none", async () => {
        const [without, withEmpty] = [write({ "a.f": new Uint8Array(1) }), write({ "a.f": new Uint8Array(1) })];
        mkdirSync(join(withEmpty, "empty"));
        expect((await pack(withEmpty)).contentSha256).not.to.equal((await pack(without)).contentSha256);
    });
});

function flipped(bytes: Uint8Array): Uint8Array {
    if (bytes.length === 0) return Uint8Array.of(0);
    const copy = Uint8Array.from(bytes);
    copy[bytes.length - 1] = (copy.at(-1) ?? 0) ^ 1;
    return copy;
}
