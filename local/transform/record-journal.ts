import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, readSync, rmSync, writeSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { crc32 } from "node:zlib";
import type { InputFile } from "./input-files.ts";
import { LineSet } from "./line-set.ts";

/** A response in the file of responses: lines it answers, place, length and checksum. */
interface Part {
    readonly first: number;
    readonly last: number;
    readonly offset: number;
    readonly length: number;
    readonly crc: number;
}

const NEWLINE = Buffer.from("\n");
const COPY_BYTES = 1024 * 1024;

/** The part that a line of the journal tells of; undefined for one that was not written to its end. */
function parsePart(line: string): Part | undefined {
    const [first, last, offset, length, crc, ...more] = line.split(" ").map(Number);
    const numbers = [first, last, offset, length, crc];
    if (more.length > 0 || !numbers.every((number) => Number.isSafeInteger(number))) return undefined;
    return { first, last, offset, length, crc } as Part;
}

/**
 * The responses to a file's records, kept on disk as they come, so that a run that was cut off loses none: a file of responses, and a
 * journal with a line for each. What of them is not whole is dropped when they are opened again.
 */
export class RecordJournal {
    private readonly files: { readonly parts: string; readonly journal: string; readonly made: string };
    private readonly parts: Part[] = [];
    private readonly data: number;
    private readonly journal: number;
    private readonly done = new LineSet();
    private end = 0;

    /**
     * @param stem path of the journal's files, without their endings
     * @param input named in the journal: what was kept of another content is dropped
     */
    constructor(stem: string, { path, size, modifiedMs }: InputFile) {
        this.files = { parts: `${stem}.parts`, journal: `${stem}.journal`, made: `${stem}.out` };
        this.data = openSync(this.files.parts, "a+");
        this.journal = openSync(this.files.journal, "a+");
        const heading = JSON.stringify({ path, size, modifiedMs });
        const kept = this.reopen(heading);
        ftruncateSync(this.data, this.end);
        ftruncateSync(this.journal, kept);
        if (kept === 0) writeSync(this.journal, `${heading}\n`);
    }

    /** Whether a line was answered before this was opened, or since. */
    readonly isDone = (line: number): boolean => this.done.has(line);

    /** How many lines are answered. */
    get answered(): number {
        return this.done.size;
    }

    /** Keeps the response to some lines. @param endLine whether it is to end its line */
    keep(first: number, last: number, response: Buffer, endLine: boolean): void {
        const isOpen = endLine && response.at(-1) !== NEWLINE[0];
        const body = isOpen ? Buffer.concat([response, NEWLINE]) : response;
        writeSync(this.data, body);
        const part = { first, last, offset: this.end, length: body.length, crc: crc32(body) };
        writeSync(this.journal, `${first} ${last} ${part.offset} ${part.length} ${part.crc}\n`);
        this.add(part);
    }

    /** Puts the responses together, in the order of their lines, as a file that is there as a whole or not at all. */
    async assemble(result: string): Promise<void> {
        const made = await open(this.files.made, "w");
        try {
            for (const { offset, length } of this.runs()) this.copy(made.fd, offset, length);
            await made.sync();
        } finally {
            await made.close();
        }
        await rename(this.files.made, result);
    }

    close(): void {
        closeSync(this.data);
        closeSync(this.journal);
    }

    /** Takes the journal's files away. */
    remove(): void {
        this.close();
        for (const file of Object.values(this.files)) rmSync(file, { force: true });
    }

    /** Reads what an earlier run kept. @returns bytes of the journal that hold */
    private reopen(heading: string): number {
        const written = readFileSync(this.files.journal, "utf8");
        if (!written.startsWith(`${heading}\n`)) return 0;
        const start = heading.length + 1;
        let kept = Buffer.byteLength(heading) + 1;
        const size = fstatSync(this.data).size;
        for (const line of written.slice(start).split("\n").slice(0, -1)) {
            const part = parsePart(line);
            if (part?.offset !== this.end || this.end + part.length > size) break;
            const body = Buffer.alloc(part.length);
            readSync(this.data, body, 0, part.length, part.offset);
            if (crc32(body) !== part.crc) break;
            this.add(part);
            kept += line.length + 1;
        }
        return kept;
    }

    private add(part: Part): void {
        this.parts.push(part);
        this.end += part.length;
        for (let line = part.first; line <= part.last; line++) this.done.add(line);
    }

    /** Places in the file of responses, in the order of the lines; neighbours are one. */
    private runs(): { offset: number; length: number }[] {
        const runs: { offset: number; length: number }[] = [];
        for (const { offset, length } of this.parts.toSorted((a, b) => a.first - b.first)) {
            const run = runs.at(-1);
            if (run !== undefined && run.offset + run.length === offset) run.length += length;
            else runs.push({ offset, length });
        }
        return runs;
    }

    private copy(to: number, offset: number, length: number): void {
        const buffer = Buffer.allocUnsafe(Math.min(length, COPY_BYTES));
        for (let copied = 0; copied < length;) {
            const read = readSync(this.data, buffer, 0, Math.min(buffer.length, length - copied), offset + copied);
            writeSync(to, buffer, 0, read);
            copied += read;
        }
    }
}
