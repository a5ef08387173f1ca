/** Records of a file that have no result, and why. */
export interface RecordFailure {
    /** As {@link InputFile.path}. */
    readonly file: string;
    /** Line, or the first of several that were sent together. @default - the file is one record */
    readonly line?: number;
    /** @default - one line */
    readonly lastLine?: number;
    readonly reason: string;
}

/** `data.csv:7: …`, as compilers name places. */
export function failureText({ file, line, lastLine, reason }: RecordFailure): string {
    const lines = [line, lastLine].filter((number) => number !== undefined).join("-");
    return `${file}${lines === "" ? "" : `:${lines}`}: ${reason}`;
}
