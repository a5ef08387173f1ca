import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import type { InputFile } from "./input-files.ts";

/** One record of a file: a line, or all of it. */
export interface InputRecord {
    /** From 1; of a file that is not split 1. */
    readonly line: number;
    /** Without the newline that ends it; undefined where it is larger than the limit. */
    readonly body: Buffer | undefined;
    readonly bytes: number;
}

const NEWLINE = 0x0a;
const CHUNK_BYTES = 256 * 1024;
const EMPTY = Buffer.alloc(0);

/** Collects a line that arrives in pieces; of one that passes the limit only the length is kept. */
class Line {
    private pieces: Buffer[] = [];
    private bytes = 0;
    private readonly limit: number;

    constructor(limit: number) {
        this.limit = limit;
    }

    get isEmpty(): boolean {
        return this.bytes === 0;
    }

    add(piece: Buffer): void {
        this.bytes += piece.length;
        if (this.bytes > this.limit) this.pieces = [];
        else if (piece.length > 0) this.pieces.push(piece);
    }

    take(line: number): InputRecord {
        const { bytes } = this;
        const [whole = EMPTY, ...more] = this.pieces;
        const body = bytes > this.limit ? undefined : more.length === 0 ? whole : Buffer.concat(this.pieces, bytes);
        this.pieces = [];
        this.bytes = 0;
        return { line, body, bytes };
    }
}

async function* lines(file: string, limit: number): AsyncGenerator<InputRecord> {
    const rest = new Line(limit);
    let number = 0;
    for await (const read of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
        const chunk = read as Buffer;
        let start = 0;
        for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
            rest.add(chunk.subarray(start, end));
            yield rest.take(++number);
            start = end + 1;
        }
        if (start < chunk.length) rest.add(chunk.subarray(start));
    }
    if (!rest.isEmpty) yield rest.take(++number);
}

/**
 * The records of a file, read as they are wanted: memory grows with the largest record, not with the file.
 * @param limit bytes of a record that is still read
 */
export async function* readRecords(
    { file, size }: InputFile,
    split: "none" | "line",
    limit: number,
): AsyncGenerator<InputRecord> {
    if (split === "line") yield* lines(file, limit);
    else if (size > 0) yield { line: 1, body: size > limit ? undefined : await readFile(file), bytes: size };
}
