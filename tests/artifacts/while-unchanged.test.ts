import { readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { expect } from "chai";
import { hashTree } from "../../artifacts/hash-tree.ts";
import { packTree } from "../../artifacts/pack-tree.ts";
import { scanTree } from "../../artifacts/scan-tree.ts";
import { useFolder, writeFiles } from "./use-folder.ts";

describe("a tree that changes while it is read", () => {
    const at = useFolder();
    const cases: [what: string, change: () => void, problem: string][] = [
        [
            "grows",
            () => {
                writeFileSync(at("tree/a"), "longer than it was");
            },
            `"a" changed while it was read`,
        ],
        [
            "shrinks",
            () => {
                writeFileSync(at("tree/a"), "");
            },
            `"a" changed while it was read`,
        ],
        [
            "is touched",
            () => {
                utimesSync(at("tree/a"), 1e9, 1e9);
            },
            `"a" changed while it was read`,
        ],
        [
            "loses a file",
            () => {
                rmSync(at("tree/a"));
            },
            `"a" was removed while it was read`,
        ],
        [
            "gains a file",
            () => {
                writeFileSync(at("tree/c"), "");
            },
            `"c" was added while it was read`,
        ],
        [
            "is replaced",
            () => {
                renameSync(at("tree"), at("old"));
                writeFiles(at("tree"), { a: "1", b: "2" });
            },
            `"a" changed while it was read\n  "b" changed while it was read`,
        ],
    ];

    beforeEach(() => {
        writeFiles(at("tree"), { a: "1", b: "2" });
    });

    for (const [what, change, problem] of cases) {
        for (const read of [packTree, hashTree]) {
            it(`is refused by ${read.name} when it ${what}, and leaves nothing behind`, async () => {
                const reading = read(scanTree(at("tree")), { cacheFolder: at("cache") });
                change();
                const error: unknown = await reading.catch((reason: unknown) => reason);
                expect(error).to.be.an("error").with.property("name", "PlanError");
                expect(String(error)).to.contain(`:\n  ${problem}`);
                const left = scanTree(at("cache")).entries.filter(({ kind }) => kind === "file");
                expect(left).to.deep.equal([]);
            });
        }
    }

    it("leaves nothing behind when the archive cannot be written", async () => {
        writeFiles(at(), { cache: "a file where the folder should be" });
        const error: unknown = await packTree(scanTree(at("tree")), { cacheFolder: at("cache") }).catch(
            (reason: unknown) => reason,
        );
        expect(error).to.be.an("error").with.property("code", "ENOTDIR");
        expect(readdirSync(at()).sort()).to.deep.equal(["cache", "tree"]);
    });
});
