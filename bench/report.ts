import { mkdirSync, writeFileSync } from "node:fs";
import { arch, availableParallelism, cpus, platform, totalmem } from "node:os";
import { join } from "node:path";
import type { BenchmarkResult, Row } from "./benchmark.ts";
import { draw } from "./draw.ts";

const RESULTS = join(import.meta.dirname, "results");

const machine = (): string => {
    const gigabytes = Math.round(totalmem() / 2 ** 30);
    return `${availableParallelism()} × ${cpus()[0]?.model ?? "?"}, ${gigabytes} GiB, ${platform()} ${arch()}, Node ${process.version}`;
};

const cell = (value: string | number | undefined): string =>
    typeof value === "number" ? String(Number(value.toPrecision(value >= 1000 ? 4 : 3))) : (value ?? "");

/** The rows as a Markdown table; a column that some rows lack is empty there. */
export function table(rows: readonly Row[]): string {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
    const aligned = columns.map((column) => (typeof rows[0]?.[column] === "number" ? "---:" : "---"));
    return [line(columns), line(aligned), ...rows.map((row) => line(columns.map((column) => cell(row[column]))))].join(
        "\n",
    );
}

/** Writes a result as JSON, as a page with table and plots, and prints the table. */
export async function report(result: BenchmarkResult): Promise<void> {
    mkdirSync(RESULTS, { recursive: true });
    const { name, rows, ratios = [], tables: further = {}, notes, plots } = result;
    const on = machine();
    writeFileSync(
        join(RESULTS, `${name}.json`),
        `${JSON.stringify({ name, machine: on, rows, ratios, ...further, notes }, undefined, 2)}\n`,
    );
    const pictures: string[] = [];
    for (const [index, plot] of plots.entries()) {
        const file = `${name}${plots.length === 1 ? "" : `-${index + 1}`}.svg`;
        writeFileSync(join(RESULTS, file), await draw(result, plot));
        pictures.push(`![${plot.title}](${file})`);
    }
    const tables = [
        ...[rows, ratios].filter((some) => some.length > 0).map(table),
        ...Object.entries(further).map(([about, some]) => `${about}:\n\n${table(some)}`),
    ];
    const page = [`# ${name}`, `On ${on}.`, ...tables, notes.map((note) => `- ${note}`).join("\n"), ...pictures];
    writeFileSync(join(RESULTS, `${name}.md`), `${page.join("\n\n")}\n`);
    console.log(`${tables.join("\n\n")}\n\n${notes.join("\n")}\n\nwritten to bench/results/${name}.{json,md,svg}`);
}
