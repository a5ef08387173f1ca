import type { InputFile } from "./input-files.ts";
import { miniBatches, type MiniBatch, type Oversized } from "./mini-batches.ts";
import type { OutputFolder } from "./output-folder.ts";
import { readRecords } from "./read-records.ts";
import { RecordJournal } from "./record-journal.ts";
import type { RecordFailure } from "./record-failure.ts";
import type { TransformSpec } from "./transform-spec.ts";

const MiB = 1024 * 1024;

/** One file on its way: its records are read, their responses kept, and the result written once all are there. */
export class FileRun {
    readonly file: InputFile;
    readonly failures: RecordFailure[] = [];
    private readonly spec: TransformSpec;
    private readonly output: OutputFolder;
    private readonly journal: RecordJournal;
    /** Mini-batches that are read and not settled; one more while the file is still read. */
    private pending = 1;

    constructor(file: InputFile, spec: TransformSpec, output: OutputFolder) {
        this.file = file;
        this.spec = spec;
        this.output = output;
        this.journal = new RecordJournal(output.stem(file.path), file);
    }

    /** Records that were answered by an earlier run that was cut off. */
    get answered(): number {
        return this.journal.answered;
    }

    /** The requests that are still to be sent; each must be settled, by `keep` or `fail`, and then by `settle`. */
    async *batches(): AsyncGenerator<MiniBatch> {
        const { split, strategy, maxPayloadMiB } = this.spec;
        const limit = maxPayloadMiB * MiB;
        const records = readRecords(this.file, split, limit);
        const how = split === "line" ? strategy : "single-record";
        for await (const batch of miniBatches(records, how, limit, this.journal.isDone)) {
            if ("records" in batch) {
                this.pending++;
                yield batch;
            } else {
                this.failOversized(batch);
            }
        }
    }

    keep({ first, last }: MiniBatch, response: Buffer): void {
        this.journal.keep(first, last, response, this.spec.assemble === "line");
    }

    fail({ first, last }: Pick<MiniBatch, "first" | "last">, reason: string): void {
        const place = this.spec.split === "line" && { line: first, ...(last > first && { lastLine: last }) };
        this.failures.push({ file: this.file.path, ...place, reason });
    }

    /**
     * Says that a mini-batch is settled, or that all of them are read. After the last one the result is written; where records failed
     * there is none, as on SageMaker, and what the others answered is kept for the next run.
     * @returns whether the file is over
     */
    async settle(): Promise<boolean> {
        if (--this.pending > 0) return false;
        if (this.failures.length > 0) {
            this.journal.close();
            return true;
        }
        await this.journal.assemble(this.output.result(this.file.path));
        this.output.markDone(this.file, this.journal.answered);
        this.journal.remove();
        return true;
    }

    private failOversized({ line, bytes }: Oversized): void {
        const { split, maxPayloadMiB } = this.spec;
        const what = split === "line" ? "the line" : "the file";
        const help = split === "line" ? "" : "; split a text file by line";
        const limit = `a request takes ${maxPayloadMiB} MiB at most (maxPayloadMiB)`;
        this.fail({ first: line, last: line }, `${what} has ${bytes} bytes; ${limit}${help}`);
    }
}
