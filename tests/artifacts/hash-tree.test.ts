import { createHash } from "node:crypto";
import { mkdirSync, symlinkSync } from "node:fs";
import { expect } from "chai";
import { hashTree } from "../../artifacts/hash-tree.ts";
import { scanTree } from "../../artifacts/scan-tree.ts";
import { useFolder, writeFiles } from "./use-folder.ts";

const sha256 = (content: string): string => createHash("sha256").update(content).digest("hex");

describe("hashTree", () => {
    const at = useFolder();
    const hash = (path: string) => hashTree(scanTree(path), { cacheFolder: at("cache") });

    it("lists the files to upload, links followed and empty directories left out", async () => {
        writeFiles(at("tree"), { "v1/weights": "w", labels: "abc" });
        mkdirSync(at("tree/empty"));
        symlinkSync("v1/weights", at("tree/latest"));
        expect(await hash(at("tree"))).to.deep.equal({
            sha256: sha256(
                `[["labels","${sha256("abc")}"],["latest","${sha256("w")}"],["v1/weights","${sha256("w")}"]]`,
            ),
            files: [
                { path: "labels", file: at("tree/labels"), sha256: sha256("abc"), size: 3 },
                { path: "latest", file: at("tree/v1/weights"), sha256: sha256("w"), size: 1 },
                { path: "v1/weights", file: at("tree/v1/weights"), sha256: sha256("w"), size: 1 },
            ],
            size: 5,
        });
    });

    it("reads files of several MiB to their end", async () => {
        const content = "0123456789abcdef".repeat(200_000);
        const { files } = await hash(writeFiles(at("tree"), { large: content }));
        expect(files.map((file) => file.sha256)).to.deep.equal([sha256(content)]);
    });

    it("refuses a tree with problems", async () => {
        const error: unknown = await hash(at("nothing")).catch((reason: unknown) => reason);
        expect(error).to.be.an("error").with.property("name", "PlanError");
    });
});
