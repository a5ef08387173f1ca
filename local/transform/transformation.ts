import { ClientGone } from "../gateway/read-body.ts";
import { ModelError } from "../gateway/runtime-error.ts";
import { FileRun } from "./file-run.ts";
import type { InputFile } from "./input-files.ts";
import { bodyOf, halves, type MiniBatch } from "./mini-batches.ts";
import type { ModelClient } from "./model-client.ts";
import type { OutputFolder } from "./output-folder.ts";
import type { RecordFailure } from "./record-failure.ts";
import type { TransformSpec } from "./transform-spec.ts";

/** How far a run has come. */
export interface Counts {
    /** Files whose results are complete, and those of them that an earlier run completed. */
    readonly files: number;
    readonly filesBefore: number;
    /** Records that were answered, by this run and by earlier ones. */
    readonly records: number;
    readonly recordsBefore: number;
    readonly failed: number;
    /** Bytes of the input that are settled. */
    readonly bytes: number;
}

/** How far a run is before it begins. */
export const NOTHING: Counts = { files: 0, filesBefore: 0, records: 0, recordsBefore: 0, failed: 0, bytes: 0 };

/** What takes note of a run. */
export interface Observer {
    counted(counts: Counts): void;
    failed(failure: RecordFailure): void;
}

interface Task {
    readonly run: FileRun;
    readonly batch: MiniBatch;
}

/** Runs a model over files, many requests at once. */
export class Transformation {
    readonly failures: RecordFailure[] = [];
    counts = NOTHING;
    private readonly files: readonly InputFile[];
    private readonly spec: TransformSpec;
    private readonly output: OutputFolder;
    private readonly client: ModelClient;
    private readonly observer: Observer;

    constructor(
        files: readonly InputFile[],
        spec: TransformSpec,
        output: OutputFolder,
        client: ModelClient,
        observer: Observer,
    ) {
        this.files = files;
        this.spec = spec;
        this.output = output;
        this.client = client;
        this.observer = observer;
    }

    /**
     * Does what is not done yet, and resolves once all files are over. A file of which a record failed has no result.
     * @throws {ModelGone} where a container stays away, {ClientGone} once the run is stopped; what was answered by then is kept
     */
    async run(): Promise<Counts> {
        const tasks = this.tasks();
        let broken: Error | undefined;
        const worker = async (): Promise<void> => {
            try {
                while (broken === undefined) {
                    const { value, done } = await tasks.next();
                    if (done === true) return;
                    await this.transform(value);
                }
            } catch (error) {
                broken ??= error instanceof Error ? error : new Error(String(error));
            }
        };
        await Promise.all(Array.from({ length: this.spec.concurrency }, worker));
        if (broken !== undefined) throw broken;
        return this.counts;
    }

    private async *tasks(): AsyncGenerator<Task, undefined> {
        for (const file of this.files) {
            const before = this.output.recordsOf(file);
            if (before !== undefined) {
                this.count({ files: 1, filesBefore: 1, records: before, recordsBefore: before, bytes: file.size });
                continue;
            }
            const run = new FileRun(file, this.spec, this.output);
            this.count({ records: run.answered, recordsBefore: run.answered });
            for await (const batch of run.batches()) yield { run, batch };
            await this.settle(run);
        }
        return undefined;
    }

    private async transform({ run, batch }: Task): Promise<void> {
        await this.send(run, batch);
        const bytes = batch.records.reduce((sum, record) => sum + record.length, 0);
        this.count({ bytes });
        await this.settle(run);
    }

    /** Sends a mini-batch; of one that a container refuses, each half by itself, until it is known which records are to blame. */
    private async send(run: FileRun, batch: MiniBatch): Promise<void> {
        try {
            run.keep(batch, await this.client.invoke(bodyOf(batch)));
            this.count({ records: batch.records.length });
        } catch (error) {
            if (!(error instanceof ModelError)) throw error;
            if (batch.records.length > 1 && error.originalStatusCode !== 0) {
                for (const half of halves(batch)) await this.send(run, half);
                return;
            }
            run.fail(batch, error.message);
            this.count({ failed: batch.records.length });
        }
    }

    private async settle(run: FileRun): Promise<void> {
        if (!(await run.settle())) return;
        this.failures.push(...run.failures);
        for (const failure of run.failures) this.observer.failed(failure);
        if (run.failures.length === 0) this.count({ files: 1 });
    }

    private count(more: Partial<Counts>): void {
        const counts: Record<keyof Counts, number> = { ...this.counts };
        for (const [key, value] of Object.entries(more)) counts[key as keyof Counts] += value;
        this.counts = counts;
        this.observer.counted(counts);
    }
}

/** Whether a run ended because it was told to. */
export const wasStopped = (error: unknown): boolean => error instanceof ClientGone;
