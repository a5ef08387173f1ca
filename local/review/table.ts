import { styleText } from "node:util";
import type { Finding } from "../../policy/framework/review.ts";

const HEADER = ["rule", "level", "resource", "message"] as const;

/** Where a finding is, for a person: the last part of the type, and the name. */
const placeOf = ({ resource }: Finding): string =>
    resource === undefined ? "the stack" : `${resource.type.split(":").at(-1) ?? ""} ${resource.name}`;

/** Findings as an aligned table, coloured on a terminal only. */
export function table(findings: readonly Finding[], stream: NodeJS.WritableStream & { isTTY?: boolean }): string[] {
    if (findings.length === 0) return [];
    const rows = findings.map((finding) => [finding.rule.id, finding.level, placeOf(finding), finding.message]);
    const widths = HEADER.map((title, column) =>
        Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
    );
    const line = (cells: readonly string[]) =>
        cells
            .map((cell, column) => (column === HEADER.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
            .join("  ");
    return [
        line(HEADER),
        ...rows.map((row) => styleText(row[1] === "mandatory" ? "red" : "yellow", line(row), { stream })),
    ];
}
