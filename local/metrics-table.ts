import type { MetricSummary } from "./gateway/gateway.ts";

const milliseconds = (microseconds: number): string => (microseconds / 1000).toFixed(2);

/** The metrics of a run by CloudWatch's names, as an aligned table; latencies in milliseconds. */
export function metricsTable(summary: readonly MetricSummary[]): string {
    const hasLevels = summary.some(({ level }) => level !== undefined);
    const header = ["metric", "variant", "container", "count", "average ms", "p50 ms", "p99 ms"];
    if (hasLevels) header.push("level");
    const rows = summary.map(({ metric, variant, container, count, latency, level }) => [
        metric,
        variant,
        container ?? "",
        String(count),
        ...(latency === undefined ? ["", "", ""] : [latency.average, latency.p50, latency.p99].map(milliseconds)),
        ...(hasLevels ? [level?.toFixed(2) ?? ""] : []),
    ]);
    const widths = header.map((title, column) =>
        Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
    );
    const line = (cells: readonly string[]) =>
        cells
            .map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
            .join("  ")
            .trimEnd();
    return [header, ...rows].map(line).join("\n");
}
