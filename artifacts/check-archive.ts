import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { posix } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { Parser, type ReadEntry } from "tar";
import { refuse } from "../plans/plan-error.ts";
import type { ArchiveFacts } from "./archive-facts.ts";
import type { Tree } from "./scan-tree.ts";
import { systemReason } from "./system-reason.ts";

const READ_SIZE = 1024 * 1024;
const REFUSED_TYPES: readonly string[] = ["CharacterDevice", "BlockDevice", "FIFO"];

/** Whether a path of an archive, taken from its root, stays below that root. Links on the way are not followed. */
function staysInside(path: string): boolean {
    const normal = posix.normalize(path);
    return !posix.isAbsolute(normal) && normal !== ".." && !normal.startsWith("../");
}

function entryProblems({ path, type, linkpath }: ReadEntry): string[] {
    const problems: string[] = [];
    if (posix.isAbsolute(path)) problems.push(`"${path}" is an absolute path; paths in an archive are relative`);
    else if (path.split("/").includes("..")) problems.push(`"${path}" holds ".."; paths in an archive lead down only`);
    if (REFUSED_TYPES.includes(type)) {
        problems.push(`"${path}" is a pipe or device; files, directories and links are accepted`);
    }
    if (linkpath !== undefined && linkpath !== "") {
        // a symbolic link counts from where it stands, a hard link from the archive's root
        const target = type === "SymbolicLink" ? posix.join(posix.dirname(path), linkpath) : linkpath;
        if (posix.isAbsolute(linkpath) || !staysInside(target)) {
            problems.push(`link "${path}" leads out of the archive, to "${linkpath}"`);
        }
    }
    return problems;
}

function hashing(hash: Hash) {
    return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
        for await (const chunk of chunks) {
            hash.update(chunk);
            yield chunk;
        }
    };
}

/**
 * Reads a `.tar.gz` through to its end.
 *
 * @throws {PlanError} where it is damaged, or would unpack to outside its folder
 */
export async function checkArchive({ root, entries }: Tree): Promise<ArchiveFacts> {
    const archive = createHash("sha256");
    const content = createHash("sha256");
    const unsafe: string[] = [];
    const damage: string[] = [];
    // one damage brings many complaints
    const damaged = (what: string): unknown => damage.length === 0 && damage.push(what);
    let files = 0;
    let unpackedSize = 0;

    const parser = new Parser({ onwarn: (_code, message) => damaged(`the tar inside is damaged: ${message}`) });
    const read = (entry: ReadEntry): void => {
        unsafe.push(...entryProblems(entry));
        files += entry.type === "Directory" ? 0 : 1;
        unpackedSize += entry.size;
        entry.resume();
    };
    parser.on("entry", read);
    parser.on("ignoredEntry", read);
    try {
        await pipeline(
            createReadStream(root, { highWaterMark: READ_SIZE }),
            hashing(archive),
            createGunzip({ chunkSize: READ_SIZE }),
            hashing(content),
            async (chunks: AsyncIterable<Buffer>) => {
                for await (const chunk of chunks) parser.write(chunk);
                parser.end();
            },
        );
    } catch (error) {
        damaged(`the gzip is damaged: ${systemReason(error)}`);
    }
    if (files === 0) damaged("the archive holds no files");
    refuse(`artifact "${root}"`, [...damage, ...unsafe]);
    const size = entries.reduce((sum, entry) => sum + entry.size, 0);
    return { sha256: archive.digest("hex"), contentSha256: content.digest("hex"), size, unpackedSize };
}
