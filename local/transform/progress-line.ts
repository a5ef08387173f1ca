import type { Counts } from "./transformation.ts";

const BAR_WIDTH = 24;

const duration = (seconds: number): string =>
    seconds < 90
        ? `${Math.ceil(seconds)} s`
        : seconds < 5400
          ? `${Math.ceil(seconds / 60)} min`
          : `${(seconds / 3600).toFixed(1)} h`;

/**
 * How far a run is, in one line: `[######      ]  45 %  1,200 records  310/s  4 s left  2 failed`.
 * @param totalBytes of the input
 * @param bytesBefore bytes that earlier runs had settled
 * @param seconds since this run began
 */
export function progressLine(counts: Counts, totalBytes: number, bytesBefore: number, seconds: number): string {
    const share = totalBytes === 0 ? 1 : Math.min(1, counts.bytes / totalBytes);
    const filled = Math.round(share * BAR_WIDTH);
    const rate = seconds > 0 ? (counts.records - counts.recordsBefore) / seconds : 0;
    const speed = (counts.bytes - bytesBefore) / seconds;
    const left = speed > 0 ? `  ${duration((totalBytes - counts.bytes) / speed)} left` : "";
    const failed = counts.failed > 0 ? `  ${counts.failed} failed` : "";
    return (
        `[${"#".repeat(filled).padEnd(BAR_WIDTH)}] ${Math.floor(share * 100)} %  ` +
        `${counts.records.toLocaleString("en")} records  ${Math.round(rate).toLocaleString("en")}/s${left}${failed}`
    );
}
