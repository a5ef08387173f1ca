import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect } from "chai";
import { Header } from "tar";
import { packTree } from "../../artifacts/pack-tree.ts";
import { scanTree } from "../../artifacts/scan-tree.ts";
import { settled } from "./settled.ts";
import { useFolder, writeFiles } from "./use-folder.ts";

interface Entry {
    readonly path: string;
    readonly type?: "Directory" | "SymbolicLink" | "Link" | "CharacterDevice";
    readonly linkpath?: string;
}

/** A tar of entries without content. */
function tarOf(...entries: Entry[]): Buffer {
    const blocks = entries.map((entry) => {
        const block = Buffer.alloc(512);
        new Header({ mode: 0o644, size: 0, mtime: new Date(0), type: "File", ...entry }).encode(block);
        return block;
    });
    return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

describe("packTree of a .tar.gz", () => {
    const at = useFolder();
    const pack = () => packTree(scanTree(at("model.tar.gz")), { cacheFolder: at("cache") });
    const problem = async (bytes: Buffer): Promise<string> => {
        writeFileSync(at("model.tar.gz"), bytes);
        const packed: unknown = await pack().catch((error: unknown) => error);
        expect(packed).to.be.an("error").with.property("name", "PlanError");
        return String(packed)
            .split("\n")
            .slice(1)
            .map((line) => line.trim())
            .join("\n");
    };
    const sound = (): Buffer => {
        writeFiles(at("tree"), { "code/inference.py": "print()\n", weights: Buffer.alloc(100_000, "weights") });
        return execFileSync("tar", ["-cf", "-", "-C", at("tree"), "."]);
    };

    it("takes a sound one where it is, byte for byte", async () => {
        const tar = sound();
        const bytes = gzipSync(tar);
        writeFileSync(at("model.tar.gz"), bytes);
        expect(await pack()).to.deep.equal({
            file: at("model.tar.gz"),
            sha256: createHash("sha256").update(bytes).digest("hex"),
            contentSha256: createHash("sha256").update(tar).digest("hex"),
            size: bytes.length,
            unpackedSize: 100_008,
        });
        expect(readFileSync(at("model.tar.gz")).equals(bytes)).to.equal(true);
    });

    it("has the same content hash as the tree it was packed from", async () => {
        sound();
        const packed = await packTree(scanTree(at("tree")), { cacheFolder: at("cache") });
        writeFileSync(at("model.tar.gz"), gzipSync(gunzipSync(readFileSync(packed.file)), { level: 9 }));
        const taken = await pack();
        expect(taken.contentSha256).to.equal(packed.contentSha256);
        expect(taken.unpackedSize).to.equal(packed.unpackedSize);
    });

    it("reads an unchanged one once", async () => {
        writeFileSync(at("model.tar.gz"), gzipSync(sound()));
        const tree = settled(at("model.tar.gz"));
        const first = await packTree(tree, { cacheFolder: at("cache") });
        // a tree that claims to be the one that was read is answered from the index, though the file is another by now
        writeFileSync(at("model.tar.gz"), gzipSync(tarOf({ path: "/etc/passwd" })));
        expect(await packTree(tree, { cacheFolder: at("cache") })).to.deep.equal(first);
        expect(await problem(readFileSync(at("model.tar.gz")))).to.contain("absolute");
    });

    it("accepts links that stay inside", async () => {
        const links = tarOf(
            { path: "v1/weights" },
            { path: "current", type: "SymbolicLink", linkpath: "v1" },
            { path: "v1/other", type: "SymbolicLink", linkpath: "../v1/weights" },
            { path: "v1/same", type: "Link", linkpath: "v1/weights" },
        );
        writeFileSync(at("model.tar.gz"), gzipSync(links));
        expect((await pack()).unpackedSize).to.equal(0);
    });

    it("names every entry that would unpack to outside, and every device", async () => {
        const unsafe = tarOf(
            { path: "/etc/passwd" },
            { path: "a/../../b" },
            { path: "absolute", type: "SymbolicLink", linkpath: "/etc" },
            { path: "a/up", type: "SymbolicLink", linkpath: "../../etc" },
            { path: "a/hard", type: "Link", linkpath: "../etc" },
            { path: "null", type: "CharacterDevice" },
        );
        expect(await problem(gzipSync(unsafe))).to.equal(
            [
                `"/etc/passwd" is an absolute path; paths in an archive are relative`,
                `"a/../../b" holds ".."; paths in an archive lead down only`,
                `link "absolute" leads out of the archive, to "/etc"`,
                `link "a/up" leads out of the archive, to "../../etc"`,
                `link "a/hard" leads out of the archive, to "../etc"`,
                `"null" is a pipe or device; files, directories and links are accepted`,
            ].join("\n"),
        );
    });

    it("refuses one that is cut short, altered, no tar, or without files", async () => {
        const bytes = gzipSync(sound());
        expect(await problem(bytes.subarray(0, -100))).to.equal("the gzip is damaged: unexpected end of file");
        const altered = Buffer.from(bytes);
        altered.writeUInt32LE(0, bytes.length - 8);
        expect(await problem(altered)).to.equal("the gzip is damaged: incorrect data check");
        expect(await problem(gzipSync(sound().subarray(0, 50_000)))).to.contain("the tar inside is damaged: Truncated");
        expect(await problem(gzipSync(Buffer.alloc(5000, "text")))).to.equal(
            "the tar inside is damaged: checksum failure",
        );
        expect(await problem(gzipSync(""))).to.equal("the tar inside is damaged: Unrecognized archive format");
        expect(await problem(gzipSync(tarOf({ path: "empty/", type: "Directory" })))).to.equal(
            "the archive holds no files",
        );
    });
});
