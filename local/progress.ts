import { styleText } from "node:util";

/** Says on stderr what is being done; stdout belongs to results. */
export interface Progress {
    /** Begins a step that takes a while; the function it returns says that it is done, and how long it took. */
    step(what: string): () => void;
    /** A line of information. */
    note(what: string): void;
    /** A line that wants attention. */
    warn(what: string): void;
    /** A line of a container's log. */
    log(container: string, line: string): void;
    /** How far long work is: the last line of a terminal, written anew each time; elsewhere a line now and then. Empty when it is over. */
    status(text: string): void;
}

/** Back to the beginning of the terminal's line, and nothing on it. */
const CLEAR_LINE = "\r\u001b[2K";
const STATUS_INTERVAL_MS = 5000;

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Plain lines, coloured on a terminal only. @param stream takes them @default stderr */
export function createProgress(stream: NodeJS.WritableStream & { isTTY?: boolean } = process.stderr): Progress {
    const style = (format: Parameters<typeof styleText>[0], text: string) => styleText(format, text, { stream });
    let status = "";
    let statusAt = -Infinity;
    const print = (line: string) => stream.write(status === "" ? `${line}\n` : `${CLEAR_LINE}${line}\n${status}`);
    return {
        step(what) {
            const since = performance.now();
            print(`${what} …`);
            return () => print(style("green", `${what}: done in ${seconds(since)}`));
        },
        note: print,
        warn: (what) => print(style("yellow", what)),
        status(text) {
            if (stream.isTTY) {
                stream.write(CLEAR_LINE + text);
                status = text;
            } else if (text !== "" && performance.now() - statusAt > STATUS_INTERVAL_MS) {
                statusAt = performance.now();
                print(text);
            }
        },
        log: (container, line) => print(`${style("dim", `[${container}]`)} ${line}`),
    };
}
