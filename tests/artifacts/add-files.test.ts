import { writeFileSync } from "node:fs";
import { expect } from "chai";
import { addFiles } from "../../artifacts/add-files.ts";
import { packTree } from "../../artifacts/pack-tree.ts";
import { scanTree } from "../../artifacts/scan-tree.ts";
import { useFolder, writeFiles } from "./use-folder.ts";

describe("addFiles", () => {
    const at = useFolder();
    const withFiles = (files: Readonly<Record<string, string>>) => addFiles(scanTree(at("tree")), files);
    const pack = (files: Readonly<Record<string, string>>) => packTree(withFiles(files), { cacheFolder: at("cache") });

    beforeEach(() => {
        writeFiles(at(), { "tree/a/file": "1", "tree/c": "2" });
    });

    it("makes the same archive as files of the same content on disk", async () => {
        const added = await pack({ "a/more": "3", "b/1/config": "4" });
        writeFiles(at(), { "tree/a/more": "3", "tree/b/1/config": "4" });
        const found = await packTree(scanTree(at("tree")), { cacheFolder: at("cache") });
        expect(added.sha256).to.equal(found.sha256);
        expect(added.unpackedSize).to.equal(4);
    });

    it("makes another archive of another content", async () => {
        expect((await pack({ b: "3" })).sha256).not.to.equal((await pack({ b: "4" })).sha256);
    });

    it("leaves the tree as it is without files", () => {
        const tree = scanTree(at("tree"));
        expect(addFiles(tree, {})).to.equal(tree);
    });

    it("names a path that is there already", () => {
        expect(withFiles({ "a/file": "" }).problems).to.deep.equal(['"a/file" is generated; leave it out']);
    });

    it("sees a file of the directory that changes while it is packed", async () => {
        const tree = withFiles({ b: "3" });
        writeFileSync(at("tree/c"), "longer");
        const failure = await packTree(tree, { cacheFolder: at("cache") }).then(
            () => "packed",
            (error: unknown) => (error as Error).message,
        );
        expect(failure).to.include('"c" changed while it was read');
    });
});
