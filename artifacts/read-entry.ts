import { closeSync, openSync, readSync } from "node:fs";
import type { TreeEntry } from "./scan-tree.ts";

const READ_SIZE = 1024 * 1024;

/**
 * The content of a file in pieces of up to 1 MiB; each is valid until the next is asked for.
 * Reading is synchronous: for small files the way through the thread pool costs more than the read itself.
 *
 * @throws {Error} where the file has become shorter than its entry says
 */
export function* readEntry(entry: TreeEntry): Generator<Buffer> {
    if (entry.content !== undefined) {
        yield entry.content;
        return;
    }
    const buffer = Buffer.allocUnsafe(Math.min(entry.size, READ_SIZE));
    const descriptor = openSync(entry.file, "r");
    try {
        for (let left = entry.size; left > 0;) {
            const read = readSync(descriptor, buffer, 0, Math.min(left, buffer.length), null);
            if (read === 0) throw new Error(`"${entry.file}" ended ${left} bytes before its size of ${entry.size}`);
            yield buffer.subarray(0, read);
            left -= read;
        }
    } finally {
        closeSync(descriptor);
    }
}
