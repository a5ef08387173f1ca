/** What the step server logs: one JSON object a line. */
interface LogRecord {
    readonly level: string;
    readonly message: string;
    readonly traceback?: string;
}

function parse(line: string): LogRecord | undefined {
    if (!line.startsWith("{")) return undefined;
    try {
        const record = JSON.parse(line) as Partial<LogRecord>;
        return typeof record.level === "string" && typeof record.message === "string"
            ? (record as LogRecord)
            : undefined;
    } catch {
        return undefined;
    }
}

/** How Triton begins a line: level, date, time, process, and the place in its source. */
const TRITON_LINE = /^([IWEF])\d{4} [\d:.]+ \d+ [\w.]+:\d+\] "?(.*?)"?$/;
const TRITON_LEVELS: Readonly<Record<string, string>> = { I: "info", W: "warning", E: "error", F: "critical" };

/** Triton draws tables, up to 400 columns wide, of what it says line by line as well. */
export const isTable = (line: string): boolean => /^[+|].*[+|]$/.test(line) || /server\.cc:\d+\] *$/.test(line);

/**
 * A line of a container's log as people read it: a structured one, or one of Triton's, by its level and message, a traceback over
 * several lines.
 */
export function readableLog(line: string): readonly [string, ...string[]] {
    const [, letter = "", said = ""] = TRITON_LINE.exec(line) ?? [];
    if (said !== "") return [`${TRITON_LEVELS[letter] ?? letter}: ${said}`];
    const record = parse(line);
    if (record === undefined) return [line];
    const { level, message, traceback } = record;
    return [`${level}: ${message}`, ...(traceback?.trimEnd().split("\n") ?? [])];
}
