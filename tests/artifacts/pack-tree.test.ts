import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, symlinkSync, truncateSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import { packTree } from "../../artifacts/pack-tree.ts";
import { scanTree } from "../../artifacts/scan-tree.ts";
import { packInProcess } from "./pack-in-process.ts";
import { useFolder, writeFiles } from "./use-folder.ts";

const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** Name, type, mode, owner, time and content of each entry, as Python's tarfile reads them. */
const TARFILE = `
import json, sys, tarfile
with tarfile.open(sys.argv[1], "r:gz") as archive:
    print(json.dumps([[e.name, "dir" if e.isdir() else "file", oct(e.mode), e.uid, e.gid, e.uname + e.gname, e.mtime,
                       archive.extractfile(e).read().decode() if e.isfile() else ""] for e in archive]))
`;

describe("packTree", () => {
    const at = useFolder();
    const pack = (path: string) => packTree(scanTree(path), { cacheFolder: at("cache") });

    it("writes the same bytes whatever the times, modes, umask and order of creation", async () => {
        const files = { "a/one": "1", "a/two": "2".repeat(3_000_000), b: "" };
        writeFiles(at("first"), files);
        const umask = process.umask(0o077);
        try {
            writeFiles(at("second"), Object.fromEntries(Object.entries(files).reverse()));
        } finally {
            process.umask(umask);
        }
        utimesSync(at("second/b"), 1e9, 1e9);
        chmodSync(at("second/a/one"), 0o640);
        if (process.getuid?.() === 0) execFileSync("chown", ["-R", "12345:54321", at("second")]);
        const first = await packTree(scanTree(at("first")), { cacheFolder: at("cache-1") });
        const second = await packTree(scanTree(at("second")), { cacheFolder: at("cache-2") });
        expect(readFileSync(second.file).equals(readFileSync(first.file))).to.equal(true);
        expect({ ...second, file: "" }).to.deep.equal({ ...first, file: "" });
    });

    it("names the archive and its content by their hashes and sizes", async () => {
        const packed = await pack(writeFiles(at("tree"), { weights: "x".repeat(1000), labels: "y" }));
        const bytes = readFileSync(packed.file);
        expect(packed).to.deep.equal({
            file: at("cache/archives", `${sha256(bytes)}.tar.gz`),
            sha256: sha256(bytes),
            contentSha256: sha256(gunzipSync(bytes)),
            size: bytes.length,
            unpackedSize: 1001,
        });
    });

    it("packs to a content hash that is the same on every machine and in every release", async () => {
        writeFiles(at("tree"), { "code/inference.py": "print()\n", "größe.txt": "1\n", "run.sh": "#!/bin/sh\n" });
        chmodSync(at("tree/run.sh"), 0o700);
        const { contentSha256 } = await pack(at("tree"));
        expect(contentSha256).to.equal("baa6ce19bf3885f1b3475d079ce567e20894e38de24e704699ba67120fb9f7b2");
    });

    it("is read by Python's tarfile, every entry with neutral metadata", async () => {
        const long = `${"directory/".repeat(30)}ünïcödé ${"n".repeat(150)}`;
        writeFiles(at("tree"), { "run.sh": "#!", "line\nbreak": "text", [long]: "deep" });
        mkdirSync(at("tree/empty"));
        chmodSync(at("tree/run.sh"), 0o711);
        symlinkSync("run.sh", at("tree/start"));
        const { file } = await pack(at("tree"));
        const listed = JSON.parse(execFileSync("python3", ["-c", TARFILE, file], { encoding: "utf8" })) as unknown[];
        const neutral = [0, 0, "", 315532800];
        const directories = Array.from({ length: 30 }, (_, depth) => "directory/".repeat(depth + 1).slice(0, -1));
        expect(listed).to.deep.equal([
            ...directories.map((path) => [path, "dir", "0o755", ...neutral, ""]),
            [long, "file", "0o644", ...neutral, "deep"],
            ["empty", "dir", "0o755", ...neutral, ""],
            ["line\nbreak", "file", "0o644", ...neutral, "text"],
            ["run.sh", "file", "0o755", ...neutral, "#!"],
            ["start", "file", "0o755", ...neutral, "#!"],
        ]);
    });

    it("puts a single file at the archive's root", async () => {
        const { file } = await pack(join(writeFiles(at("tree"), { "model.joblib": "m" }), "model.joblib"));
        expect(execFileSync("tar", ["-xzOf", file, "model.joblib"], { encoding: "utf8" })).to.equal("m");
    });

    it("packs sizes around those of records and blocks so that GNU tar restores them", async () => {
        const MiB = 1024 * 1024;
        const sizes = [0, 1, 511, 512, 513, MiB - 512, MiB - 511, MiB, MiB + 1, 2 * MiB - 1024, 5 * MiB + 7];
        for (const size of sizes) {
            const content = Buffer.alloc(size, "serial inference ");
            const { file, unpackedSize } = await pack(join(writeFiles(at(`${size}`), { file: content }), "file"));
            expect(unpackedSize).to.equal(size);
            const restored = execFileSync("tar", ["-xzOf", file], { maxBuffer: 8 * MiB });
            expect(restored.equals(content), `${size} bytes`).to.equal(true);
        }
    });

    it("refuses a tree with problems, and makes no cache for it", async () => {
        mkdirSync(at("empty"));
        const error: unknown = await pack(at("empty")).catch((reason: unknown) => reason);
        expect(error).to.be.an("error").with.property("name", "PlanError");
        expect(String(error)).to.contain(`artifact "${at("empty")}" has a problem:\n  the directory holds no files`);
        expect(scanTree(at("cache")).problems).to.have.length(1);
    });

    it("uses no more memory for a large tree than for a small one", async () => {
        const peaks: number[] = [];
        for (const MiB of [2, 256]) {
            writeFiles(at(`${MiB}`), { a: "", "b/c": "" });
            for (const name of ["a", "b/c"]) truncateSync(at(`${MiB}`, name), (MiB / 2) * 1024 * 1024);
            const { unpackedSize, peakKiB } = await packInProcess(at(`${MiB}`), at("cache"));
            expect(unpackedSize).to.equal(MiB * 1024 * 1024);
            peaks.push(peakKiB / 1024);
        }
        const [small = Number.NaN, large = Number.NaN] = peaks;
        expect(large - small, `MiB more than ${small}`).to.be.below(100);
    });
});
