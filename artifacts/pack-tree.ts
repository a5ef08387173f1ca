import { createHash, type Hash } from "node:crypto";
import { open } from "node:fs/promises";
import { refuse } from "../plans/plan-error.ts";
import type { ArchiveFacts } from "./archive-facts.ts";
import { ArtifactCache, type CacheOptions } from "./artifact-cache.ts";
import { checkArchive } from "./check-archive.ts";
import { gzip } from "./gzip.ts";
import type { Tree } from "./scan-tree.ts";
import { tarTree } from "./tar-tree.ts";
import { whileUnchanged } from "./while-unchanged.ts";

/** A model artifact as SageMaker takes it. */
export interface PackedArtifact extends ArchiveFacts {
    /** Absolute path of the `.tar.gz`. */
    readonly file: string;
}

function* hashing(chunks: Iterable<Buffer>, hash: Hash): Generator<Buffer> {
    for (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
    }
}

async function writeArchive(tree: Tree, file: string): Promise<ArchiveFacts> {
    const archive = createHash("sha256");
    const content = createHash("sha256");
    const handle = await open(file, "wx");
    let size = 0;
    try {
        for await (const piece of gzip(hashing(tarTree(tree.entries), content))) {
            archive.update(piece);
            size += piece.length;
            await handle.appendFile(piece);
        }
    } finally {
        await handle.close();
    }
    const unpackedSize = tree.entries.reduce((sum, entry) => sum + entry.size, 0);
    return { sha256: archive.digest("hex"), contentSha256: content.digest("hex"), size, unpackedSize };
}

/** The archive is where it was made known: in place for one that is taken as it is, else in the cache. */
function locate(tree: Tree, cache: ArtifactCache, facts: ArchiveFacts): PackedArtifact | undefined {
    const file = tree.form === "archive" ? tree.root : cache.findArchive(facts.sha256, facts.size);
    return file === undefined ? undefined : { ...facts, file };
}

/**
 * Packs a tree into a `.tar.gz` whose tar is the same on every machine. Where nothing changed since the last time, the
 * archive of that time is used. A tree that is a `.tar.gz` already is only read through, and stays where it is.
 *
 * @throws {PlanError} where the tree has problems or changes while it is read, or its archive is damaged or unsafe
 */
export async function packTree(tree: Tree, { cacheFolder }: CacheOptions): Promise<PackedArtifact> {
    refuse(`artifact "${tree.root}"`, tree.problems);
    const cache = new ArtifactCache(cacheFolder);
    const known = cache.find(tree, "archive") as ArchiveFacts | undefined;
    const found = known && locate(tree, cache, known);
    if (found !== undefined) return found;

    const readMs = Date.now();
    const facts =
        tree.form === "archive"
            ? await whileUnchanged(tree, () => checkArchive(tree))
            : await cache.create(
                  cache.archives,
                  (temporary) => whileUnchanged(tree, () => writeArchive(tree, temporary)),
                  ({ sha256 }) => cache.archiveFile(sha256),
              );
    await cache.record(tree, "archive", facts, readMs);
    return { ...facts, file: tree.form === "archive" ? tree.root : cache.archiveFile(facts.sha256) };
}
