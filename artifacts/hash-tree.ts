import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { refuse } from "../plans/plan-error.ts";
import { ArtifactCache, type CacheOptions } from "./artifact-cache.ts";
import { readEntry } from "./read-entry.ts";
import type { Tree, TreeEntry } from "./scan-tree.ts";
import { whileUnchanged } from "./while-unchanged.ts";

/** A file of a tree that is uploaded as it is. */
export interface HashedFile {
    /** Relative to the tree's root, `/` between segments. */
    readonly path: string;
    /** Absolute path to read it from. */
    readonly file: string;
    /** In hex. */
    readonly sha256: string;
    /** Bytes. */
    readonly size: number;
}

export interface HashedTree {
    /** SHA-256 in hex over the JSON of `[path, sha256]` of all files. */
    readonly sha256: string;
    /** Sorted bytewise by path. Empty directories, which S3 does not know, are left out. */
    readonly files: readonly HashedFile[];
    /** Bytes of all files. */
    readonly size: number;
}

async function hashFile(entry: TreeEntry): Promise<HashedFile> {
    const hash = createHash("sha256");
    for (const chunk of readEntry(entry)) {
        hash.update(chunk);
        await setImmediate(); // leaves room for the rest of the program
    }
    return { path: entry.path, file: entry.file, sha256: hash.digest("hex"), size: entry.size };
}

async function hashFiles(tree: Tree): Promise<HashedTree> {
    const files: HashedFile[] = [];
    for (const entry of tree.entries) {
        if (entry.kind === "file") files.push(await hashFile(entry));
    }
    const listed = JSON.stringify(files.map(({ path, sha256 }) => [path, sha256]));
    const sha256 = createHash("sha256").update(listed).digest("hex");
    return { sha256, files, size: files.reduce((sum, file) => sum + file.size, 0) };
}

/**
 * The hashes of a tree whose files are uploaded as they are, under a prefix made of `sha256`. Where nothing changed since
 * the last time, no file is read.
 *
 * @throws {PlanError} where the tree has problems or changes while it is read
 */
export async function hashTree(tree: Tree, { cacheFolder }: CacheOptions): Promise<HashedTree> {
    refuse(`artifact "${tree.root}"`, tree.problems);
    const cache = new ArtifactCache(cacheFolder);
    const known = cache.find(tree, "files") as HashedTree | undefined;
    if (known !== undefined) return known;

    const readMs = Date.now();
    const hashed = await whileUnchanged(tree, () => hashFiles(tree));
    await cache.record(tree, "files", hashed, readMs);
    return hashed;
}
