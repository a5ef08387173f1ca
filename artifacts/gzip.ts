import { promisify } from "node:util";
import { constants, crc32, deflateRaw } from "node:zlib";

const BLOCK = 1024 * 1024;
/** How far back deflate refers. */
const WINDOW = 32 * 1024;
/** Blocks compressed at the same time: the size of Node's thread pool. */
const CONCURRENCY = 4;

/** Magic number, deflate, no flags, no time, no extra flags, operating system unknown (RFC 1952). */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
/** The last deflate block: empty, with fixed Huffman codes. */
const LAST_BLOCK = Buffer.from([3, 0]);

const deflate = promisify<Buffer, object, Buffer>(deflateRaw);

/** Level 6 as in `tar czf`: an archive is packed once and downloaded by every instance. */
function compress(block: Buffer, before: Buffer): Promise<Buffer> {
    const history = before.length > 0 ? { dictionary: before.subarray(-WINDOW) } : {};
    // room for a block that does not compress: one way through the thread pool instead of one for every 16 KiB
    return deflate(block, { level: 6, finishFlush: constants.Z_SYNC_FLUSH, chunkSize: BLOCK + WINDOW, ...history });
}

function* inBlocks(chunks: Iterable<Buffer>): Generator<Buffer> {
    let block = Buffer.allocUnsafe(BLOCK);
    let filled = 0;
    for (const chunk of chunks) {
        for (let taken = 0; taken < chunk.length;) {
            const copied = chunk.copy(block, filled, taken);
            taken += copied;
            filled += copied;
            if (filled === BLOCK) {
                yield block;
                block = Buffer.allocUnsafe(BLOCK);
                filled = 0;
            }
        }
    }
    if (filled > 0) yield block.subarray(0, filled);
}

/**
 * Compresses into one gzip member, several blocks at a time, each with the 32 KiB before it as its dictionary. Blocks
 * are of one size, so the bytes do not depend on how the input is cut or on the number of cores.
 */
export async function* gzip(chunks: Iterable<Buffer>): AsyncGenerator<Buffer> {
    const pending: Promise<Buffer>[] = [];
    let before: Buffer = Buffer.alloc(0);
    let checksum = 0;
    let length = 0;
    yield HEADER;
    for (const block of inBlocks(chunks)) {
        pending.push(compress(block, before));
        checksum = crc32(block, checksum);
        length += block.length;
        before = block;
        const oldest = pending.length < CONCURRENCY ? undefined : pending.shift();
        if (oldest !== undefined) yield await oldest;
    }
    for (const compressed of pending) yield await compressed;

    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(checksum, 0);
    trailer.writeUInt32LE(length % 2 ** 32, 4);
    yield Buffer.concat([LAST_BLOCK, trailer]);
}
