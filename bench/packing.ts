import { execFileSync, spawnSync } from "node:child_process";
import { createCipheriv } from "node:crypto";
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { packTree } from "../artifacts/pack-tree.ts";
import { scanTree } from "../artifacts/scan-tree.ts";
import type { BenchmarkResult, Row } from "./benchmark.ts";
import { median } from "./statistics.ts";

const FILE = fileURLToPath(import.meta.url);
const MB = 1_000_000;

/** A tree of so many files of one size, packed so many times by each packer in turn. */
interface Case {
    readonly name: string;
    readonly files: number;
    readonly megabytes: number;
    readonly rounds: number;
}

const CASES: readonly Case[] = [
    { name: "1 MB, 4 files", files: 4, megabytes: 1, rounds: 9 },
    { name: "100 MB, 10 files", files: 10, megabytes: 100, rounds: 3 },
    { name: "100 MB, 20,000 files", files: 20_000, megabytes: 100, rounds: 3 },
    { name: "1 GB, 20 files", files: 20, megabytes: 1000, rounds: 3 },
];

/** Bytes that look random and are the same on each run. */
const cipher = createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16));
const noise = (bytes: number): Buffer => cipher.update(Buffer.alloc(bytes));

/** Lines of numbers and words, which gzip makes some three times smaller. */
function text(bytes: number): Buffer {
    const pieces: string[] = [];
    const picks = noise(bytes / 2);
    for (let at = 0; at + 4 <= picks.length; at += 4)
        pieces.push(`w${picks.readUInt16BE(at) % 2000} ${picks[at + 2]}.5\n`);
    return Buffer.from(pieces.join("")).subarray(0, bytes);
}

/** Half of the files do not compress, as weights; half do, as vocabularies and code. */
function writeTree(folder: string, { files, megabytes }: Case): void {
    const size = (megabytes * MB) / files;
    const sources = [noise(8 * MB), text(8 * MB)];
    for (let index = 0; index < files; index++) {
        const directory = join(folder, `part-${index % 40}`);
        mkdirSync(directory, { recursive: true });
        const source = sources[index % 2] ?? noise(size);
        const descriptor = openSync(join(directory, `file-${index}`), "w");
        for (let left = size, from = (index * 997) % MB; left > 0; from = 0) {
            left -= writeSync(descriptor, source, from, Math.min(left, source.length - from));
        }
        closeSync(descriptor);
    }
}

interface Run {
    readonly seconds: number;
    readonly peakMegabytes: number;
    readonly size: number;
}

/** What a process of its own measures of itself, the start of Node not counted. */
async function packOnce(tree: string, cacheFolder: string): Promise<Run> {
    const began = performance.now();
    const { size } = await packTree(scanTree(tree), { cacheFolder });
    const seconds = (performance.now() - began) / 1000;
    return { seconds, peakMegabytes: (process.resourceUsage().maxRSS * 1024) / MB, size };
}

function onCores(cores: number, command: string, args: readonly string[]): string {
    const limited = ["--cpu-list", `0-${cores - 1}`, command, ...args];
    return execFileSync("taskset", limited, { encoding: "utf8" });
}

function pack(cores: number, tree: string, cache: string): Run {
    return JSON.parse(onCores(cores, process.execPath, [FILE, tree, cache])) as Run;
}

function tar(cores: number, compressor: string, tree: string, archive: string): Run {
    const began = performance.now();
    onCores(cores, "tar", ["--use-compress-program", compressor, "-cf", archive, "-C", tree, "."]);
    return { seconds: (performance.now() - began) / 1000, peakMegabytes: Number.NaN, size: statSync(archive).size };
}

async function measure(folder: string, example: Case, cores: readonly number[], pigz: boolean): Promise<Row[]> {
    const tree = join(folder, "tree");
    const cache = join(folder, "cache");
    const archive = join(folder, "tree.tar.gz");
    writeTree(tree, example);
    await setTimeout(2500); // the cache trusts only files that have settled
    const rows: Row[] = [];
    for (const count of cores) {
        const runs: { packed: Run; unchanged: Run; gzipped: Run; pigzipped?: Run }[] = [];
        for (let round = 0; round < example.rounds; round++) {
            rmSync(cache, { recursive: true, force: true });
            runs.push({
                packed: pack(count, tree, cache),
                unchanged: pack(count, tree, cache),
                gzipped: tar(count, "gzip", tree, archive),
                ...(pigz ? { pigzipped: tar(count, `pigz -p ${count}`, tree, archive) } : {}),
            });
        }
        const bytes = example.megabytes * MB;
        const of = (value: (run: (typeof runs)[number]) => number): number => median(runs.map(value));
        rows.push({
            case: example.name,
            cores: count,
            ours_s: of(({ packed }) => packed.seconds),
            tar_s: of(({ gzipped }) => gzipped.seconds),
            ...(pigz ? { pigz_s: of(({ pigzipped }) => pigzipped?.seconds ?? Number.NaN) } : {}),
            ratio: of(({ packed }) => packed.size / bytes),
            tar_ratio: of(({ gzipped }) => gzipped.size / bytes),
            unchanged_ms: of(({ unchanged }) => 1000 * unchanged.seconds),
            peak_memory_mb: of(({ packed }) => packed.peakMegabytes),
        });
    }
    rmSync(tree, { recursive: true });
    return rows;
}

/** Packs trees next to `tar czf`, on one core and on all; needs GNU tar and taskset, and pigz for its column. */
export async function packing(): Promise<BenchmarkResult> {
    const folder = mkdtempSync(join(tmpdir(), "packing-"));
    const cores = [...new Set([1, availableParallelism()])];
    const pigz = spawnSync("pigz", ["--version"]).status === 0;
    try {
        const rows: Row[] = [];
        for (const example of CASES) rows.push(...(await measure(folder, example, cores, pigz)));
        const notes = [
            `node ${process.version}; medians of ${CASES.map(({ rounds }) => rounds).join(", ")} rounds, the packers in turn`,
            "half of each tree is noise, half text; trees lie in the page cache; unchanged: a new process finds the archive in the cache",
            "ours leaves out the start of Node, which a Pulumi program has behind it; it hashes archive and content as well",
        ];
        const plots = [
            {
                title: "Packing a model",
                groups: ["case", "cores"],
                values: ["ours_s", "tar_s", "pigz_s"],
                axis: "seconds",
                logarithmic: true,
            },
        ];
        return { name: "packing", rows, notes, plots };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

if (process.argv[1] === FILE) {
    const [, , tree, cache] = process.argv; // this file again, as the process that is measured
    if (tree === undefined || cache === undefined) throw new Error("usage: packing.ts TREE CACHE");
    console.log(JSON.stringify(await packOnce(tree, cache)));
}
