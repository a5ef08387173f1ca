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

/** A line of a container's log as people read it: a structured one by its level and message, its traceback over several lines. */
export function readableLog(line: string): readonly [string, ...string[]] {
    const record = parse(line);
    if (record === undefined) return [line];
    const { level, message, traceback } = record;
    return [`${level}: ${message}`, ...(traceback?.trimEnd().split("\n") ?? [])];
}
