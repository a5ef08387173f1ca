import { createHash, randomUUID } from "node:crypto";
import { readFileSync, statSync, utimesSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Tree } from "./scan-tree.ts";

/** Part of every key: raise it when an archive's bytes, or what is recorded of it, change. */
const FORMAT = 1;
/** File systems keep times as coarsely as 2 s (FAT): a file younger than that may change once more and keep its time. */
const SETTLED_MS = 2000;
const DAY_MS = 24 * 60 * 60 * 1000;
const UNUSED_MS = 7 * DAY_MS;

/** Folders that this process has pruned: looking through them again for each of thousands of models would take quadratic time. */
const pruned = new Set<string>();

export interface CacheOptions {
    /** Where archives are kept between runs, relative to the working directory; made where it is missing. */
    readonly cacheFolder: string;
}

/**
 * A folder that holds `archives/SHA256.tar.gz` and, in `index/KEY.json`, what is known of a tree, where the key stands
 * for the paths, sizes, times and inodes of its files. What nobody used for a week goes when a process first adds something.
 * Several processes may share it: files come by a rename, so each is whole or missing.
 */
export class ArtifactCache {
    readonly archives: string;
    private readonly index: string;

    constructor(folder: string) {
        this.archives = resolve(folder, "archives");
        this.index = resolve(folder, "index");
    }

    /**
     * What was recorded of the tree, where nothing changed since. Synchronous, as is what follows: thousands of small files are read,
     * and the way through the thread pool takes longer than each of them.
     */
    find(tree: Tree, purpose: string): unknown {
        const file = this.indexFile(tree, purpose);
        try {
            const recorded: unknown = JSON.parse(readFileSync(file, "utf8"));
            touch(file);
            return recorded;
        } catch {
            return undefined; // missing, or damaged: the tree is read again
        }
    }

    /**
     * Records what was found out about a tree, unless one of its files changed so late before it was read that a
     * further change could go unseen.
     *
     * @param readMs when reading began, in ms since 1970
     */
    async record(tree: Tree, purpose: string, found: object, readMs: number): Promise<void> {
        if (tree.entries.some(({ changedMs }) => changedMs > readMs - SETTLED_MS)) return;
        const file = this.indexFile(tree, purpose);
        await this.create(
            this.index,
            (temporary) => writeFile(temporary, JSON.stringify(found)),
            () => file,
        );
    }

    /** The archive's path, where it is there in full. */
    findArchive(sha256: string, size: number): string | undefined {
        const file = this.archiveFile(sha256);
        if (statSync(file, { throwIfNoEntry: false })?.size !== size) return undefined;
        touch(file);
        return file;
    }

    archiveFile(sha256: string): string {
        return join(this.archives, `${sha256}.tar.gz`);
    }

    /** Makes a file under a temporary name and gives it its own once it is whole; nothing remains of a failure. */
    async create<T>(folder: string, write: (file: string) => Promise<T>, name: (written: T) => string): Promise<T> {
        await mkdir(folder, { recursive: true });
        if (!pruned.has(folder)) {
            pruned.add(folder);
            await prune(folder);
        }
        const temporary = join(folder, `${randomUUID()}.tmp`);
        try {
            const written = await write(temporary);
            await rename(temporary, name(written));
            return written;
        } finally {
            await rm(temporary, { force: true });
        }
    }

    private indexFile(tree: Tree, purpose: string): string {
        const entries = tree.entries.map((entry) => [
            entry.path,
            entry.kind,
            entry.file,
            entry.executable,
            entry.identity,
        ]);
        const key = createHash("sha256").update(JSON.stringify([FORMAT, purpose, tree.form, entries]));
        return join(this.index, `${key.digest("hex")}.json`);
    }
}

/** A file's time of modification is when it was last used. */
function touch(file: string): void {
    const now = new Date();
    try {
        utimesSync(file, now, now);
    } catch {
        // pruned at this moment by another process
    }
}

async function prune(folder: string): Promise<void> {
    for (const name of await readdir(folder)) {
        const file = join(folder, name);
        const used = await stat(file).catch(() => undefined); // removed at this moment by another process
        // a temporary file a day old was left by a process that was killed
        const keptMs = name.endsWith(".tmp") ? DAY_MS : UNUSED_MS;
        if (used !== undefined && used.mtimeMs < Date.now() - keptMs) await rm(file, { force: true });
    }
}
