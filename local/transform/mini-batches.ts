import type { InputRecord } from "./read-records.ts";

/** Records that follow each other, sent in one request. */
export interface MiniBatch {
    /** Lines of the first and the last record. */
    readonly first: number;
    readonly last: number;
    readonly records: readonly Buffer[];
}

/** A record that cannot be sent. */
export interface Oversized {
    readonly line: number;
    readonly bytes: number;
}

const NEWLINE = Buffer.from("\n");

/** Two records as they stand in memory with a newline between them, if they were read together. */
function joined(left: Buffer, right: Buffer): Buffer | undefined {
    const end = left.byteOffset + left.length;
    if (left.buffer !== right.buffer || end + NEWLINE.length !== right.byteOffset) return undefined;
    const both = Buffer.from(left.buffer, left.byteOffset, left.length + NEWLINE.length + right.length);
    return both[left.length] === NEWLINE[0] ? both : undefined;
}

/** The request's body: the records with newlines between them, copied no more often than they were read. */
export function bodyOf({ records }: MiniBatch): Buffer {
    const runs: Buffer[] = [];
    let run: Buffer | undefined;
    for (const record of records) {
        const longer = run && joined(run, record);
        if (run !== undefined && longer === undefined) runs.push(run, NEWLINE);
        run = longer ?? record;
    }
    if (run !== undefined) runs.push(run);
    return runs.length === 1 && run !== undefined ? run : Buffer.concat(runs);
}

/** The two halves of a mini-batch of several records. */
export function halves({ first, last, records }: MiniBatch): [MiniBatch, MiniBatch] {
    const half = Math.ceil(records.length / 2);
    return [
        { first, last: first + half - 1, records: records.slice(0, half) },
        { first: first + half, last, records: records.slice(half) },
    ];
}

/**
 * Groups records into requests: one each, or as many as follow each other and fit.
 * @param limit bytes of a request
 * @param isDone whether a line was done before and is left out
 */
export async function* miniBatches(
    records: AsyncIterable<InputRecord>,
    strategy: "single-record" | "multi-record",
    limit: number,
    isDone: (line: number) => boolean,
): AsyncGenerator<MiniBatch | Oversized> {
    let first = 0;
    let bytes = 0;
    let held: Buffer[] = [];
    const take = (): MiniBatch => {
        const batch = { first, last: first + held.length - 1, records: held };
        held = [];
        bytes = 0;
        return batch;
    };
    for await (const { line, body, bytes: size } of records) {
        const fits = body !== undefined && !isDone(line);
        const closes = !fits || strategy === "single-record" || bytes + NEWLINE.length + size > limit;
        if (closes && held.length > 0) yield take();
        if (isDone(line)) continue;
        if (body === undefined) {
            yield { line, bytes: size };
            continue;
        }
        if (held.length === 0) first = line;
        else bytes += NEWLINE.length;
        held.push(body);
        bytes += size;
    }
    if (held.length > 0) yield take();
}
