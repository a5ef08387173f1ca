import type { OutputFolder } from "./output-folder.ts";
import type { RecordFailure } from "./record-failure.ts";
import type { Counts } from "./transformation.ts";

/** What a run did. */
export interface TransformSummary {
    readonly files: { readonly total: number; readonly complete: number; readonly before: number };
    readonly records: { readonly answered: number; readonly before: number; readonly failed: number };
    readonly seconds: number;
    readonly recordsPerSecond: number;
    readonly failures: readonly RecordFailure[];
}

/** @param seconds that the records took, without the start of the containers */
export function summarise(
    total: number,
    { files, filesBefore, records, recordsBefore, failed }: Counts,
    failures: readonly RecordFailure[],
    seconds: number,
): TransformSummary {
    return {
        files: { total, complete: files, before: filesBefore },
        records: { answered: records, before: recordsBefore, failed },
        seconds: Number(seconds.toFixed(3)),
        recordsPerSecond: Number(((records - recordsBefore) / Math.max(seconds, 0.001)).toFixed(1)),
        failures,
    };
}

/** The summary in a few lines. */
export function summaryText(
    { files, records, seconds, recordsPerSecond }: TransformSummary,
    output: OutputFolder,
): string {
    const before = (count: number) => (count === 0 ? "" : `, ${count} of them before`);
    return [
        `files    ${files.complete} of ${files.total} complete${before(files.before)}`,
        `records  ${records.answered} answered${before(records.before)}, ${records.failed} failed`,
        `time     ${seconds.toFixed(1)} s, ${recordsPerSecond} records/s`,
        `results  ${output.folder}`,
        ...(records.failed === 0 ? [] : [`failed   ${output.failuresFile}; a file with failed records has no result`]),
    ].join("\n");
}
