import { chmodSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync } from "node:fs";
import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { hashTree } from "../../artifacts/hash-tree.ts";
import { packTree } from "../../artifacts/pack-tree.ts";
import { scanTree } from "../../artifacts/scan-tree.ts";
import { packInProcess } from "./pack-in-process.ts";
import { settled } from "./settled.ts";
import { useFolder, writeFiles } from "./use-folder.ts";

/** Dates a file as if it was last used so many days ago. */
function age(file: string, days: number): void {
    const then = Date.now() / 1000 - days * 24 * 3600;
    utimesSync(file, then, then);
}

describe("the artifact cache", () => {
    const at = useFolder();
    const pack = () => packTree(settled(at("tree")), { cacheFolder: at("cache") });
    const archives = (): string[] => readdirSync(at("cache/archives"));
    /** An archive that was written again is another file. */
    const inode = (file: string): bigint => statSync(file, { bigint: true }).ino;

    beforeEach(() => {
        writeFiles(at("tree"), { "model/weights": "0123456789", labels: "a b c" });
    });

    it("packs an unchanged tree once", async () => {
        const first = await pack();
        const written = inode(first.file);
        expect(await pack()).to.deep.equal(first);
        expect(inode(first.file)).to.equal(written);
    });

    it("packs again what changed so late that a further change might keep the time", async () => {
        const packYoung = () => packTree(scanTree(at("tree")), { cacheFolder: at("cache") });
        const first = await packYoung();
        const written = inode(first.file);
        expect(await packYoung()).to.deep.equal(first);
        expect(inode(first.file)).not.to.equal(written);
    });

    it("packs a touched tree again, to the same archive", async () => {
        const first = await pack();
        const written = inode(first.file);
        utimesSync(at("tree/labels"), 1e9, 1e9);
        expect(await pack()).to.deep.equal(first);
        expect(inode(first.file)).not.to.equal(written);
        expect(archives()).to.have.length(1);
    });

    it("notices a changed content even where size and time of modification are the same", async () => {
        const file = at("tree/labels");
        utimesSync(file, 1e9, 1e9);
        const { ctimeNs } = statSync(file, { bigint: true });
        const first = await pack();
        do {
            writeFileSync(file, "x y z");
            utimesSync(file, 1e9, 1e9);
        } while (statSync(file, { bigint: true }).ctimeNs === ctimeNs); // until the file system's clock ticks
        expect((await pack()).contentSha256).not.to.equal(first.contentSha256);
    });

    it("notices a new name, a removed file and an executable bit", async () => {
        const hashes = [(await pack()).contentSha256];
        renameSync(at("tree/labels"), at("tree/names"));
        hashes.push((await pack()).contentSha256);
        chmodSync(at("tree/names"), 0o755);
        hashes.push((await pack()).contentSha256);
        rmSync(at("tree/names"));
        hashes.push((await pack()).contentSha256);
        expect(new Set(hashes)).to.have.property("size", 4);
    });

    for (const [what, damage] of [
        [
            "removed",
            (file: string) => {
                rmSync(file);
            },
        ],
        [
            "truncated",
            (file: string) => {
                truncateSync(file, 20);
            },
        ],
    ] as const) {
        it(`makes an archive again that was ${what}`, async () => {
            const first = await pack();
            const bytes = readFileSync(first.file);
            damage(first.file);
            expect(await pack()).to.deep.equal(first);
            expect(readFileSync(first.file).equals(bytes)).to.equal(true);
        });
    }

    it("does without an index entry that is damaged", async () => {
        const first = await pack();
        for (const name of readdirSync(at("cache/index"))) writeFileSync(at("cache/index", name), "{");
        expect(await pack()).to.deep.equal(first);
    });

    it("hashes an unchanged tree once, and apart from its archive", async () => {
        await pack();
        const hash = () => hashTree(settled(at("tree")), { cacheFolder: at("cache") });
        const first = await hash();
        const index = readdirSync(at("cache/index"));
        expect(index).to.have.length(2);
        // what is recorded is what is answered
        for (const name of index) {
            const file = at("cache/index", name);
            writeFileSync(file, readFileSync(file, "utf8").replace(first.sha256, "recorded"));
        }
        expect((await hash()).sha256).to.equal("recorded");
    });

    it("removes what was not used for a week, and what a killed process left a day ago", async () => {
        const { file } = await pack();
        const [kept, unused, leftover] = [at("cache/archives/kept"), at("cache/archives/unused"), `${file}.tmp`];
        for (const [name, days] of [
            [kept, 6],
            [unused, 8],
            [leftover, 2],
        ] as const) {
            writeFileSync(name, "");
            age(name, days);
        }
        age(file, 8);
        await pack(); // a use
        writeFileSync(at("tree/labels"), "new");
        const second = await packInProcess(at("tree"), at("cache")); // this process has pruned already
        expect(archives().map((name) => at("cache/archives", name))).to.have.members([
            file,
            kept,
            at("cache/archives", `${second.sha256}.tar.gz`),
        ]);
    });

    it("serves several packers at the same time, in one process and in many", async () => {
        writeFileSync(at("tree/large"), Buffer.alloc(3_000_000, "large"));
        const [one, other, ...children] = await Promise.all([
            pack(),
            pack(),
            packInProcess(at("tree"), at("cache")),
            packInProcess(at("tree"), at("cache")),
        ]);
        expect(other).to.deep.equal(one);
        expect(children.map(({ sha256 }) => sha256)).to.deep.equal([one.sha256, one.sha256]);
        expect(archives()).to.deep.equal([`${one.sha256}.tar.gz`]);
    });

    it("is found relative to the working directory", async () => {
        const before = process.cwd();
        process.chdir(at());
        try {
            const { file } = await packTree(scanTree("tree"), { cacheFolder: "cache" });
            expect(file.startsWith(join(at("cache"), "archives"))).to.equal(true);
        } finally {
            process.chdir(before);
        }
    });
});
