import { Header, Pax } from "tar";
import { readEntry } from "./read-entry.ts";
import type { TreeEntry } from "./scan-tree.ts";

const RECORD = 512;

/** One time for every entry; a zip that somebody makes of the unpacked files can hold none before 1980. */
const MODIFIED = new Date(Date.UTC(1980, 0, 1));

function header(entry: TreeEntry): Buffer {
    const directory = entry.kind === "directory";
    const fields = {
        path: directory ? `${entry.path}/` : entry.path,
        type: directory ? "Directory" : "File",
        mode: entry.executable ? 0o755 : 0o644,
        uid: 0,
        gid: 0,
        size: entry.size,
        mtime: MODIFIED,
    } as const;
    const block = Buffer.alloc(RECORD);
    // a name that is long or not ASCII, or a size of 8 GiB and more, has no place in the plain header
    const needsPax = new Header(fields).encode(block);
    return needsPax ? Buffer.concat([new Pax(fields).encode(), block]) : block;
}

/**
 * The tar of a tree, which depends on nothing but paths, contents and executable bits: no owner, no time, one mode for
 * files, one for executables and directories. Each piece is valid until the next is asked for.
 */
export function* tarTree(entries: readonly TreeEntry[]): Generator<Buffer> {
    for (const entry of entries) {
        yield header(entry);
        if (entry.kind === "file") {
            yield* readEntry(entry);
            yield Buffer.alloc((RECORD - (entry.size % RECORD)) % RECORD);
        }
    }
    yield Buffer.alloc(2 * RECORD);
}
