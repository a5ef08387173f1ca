/**
 * Hands over what a program logs, line by line. Without an engine, Pulumi's log writes to the console, some of it to stdout, which
 * belongs to the command that runs the program.
 * @returns what ends it
 */
export function captureLog(write: (line: string) => void): () => void {
    const { log, warn } = console;
    console.log = console.warn = (...logged: unknown[]) => {
        write(
            logged
                .map(String)
                .join(" ")
                .replace(/^(info|warning): \[runtime\] /, "$1: "),
        );
    };
    return () => Object.assign(console, { log, warn });
}
