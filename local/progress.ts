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
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** Plain lines, coloured on a terminal only. */
export function createProgress(stream: NodeJS.WriteStream = process.stderr): Progress {
    const style = (format: Parameters<typeof styleText>[0], text: string) => styleText(format, text, { stream });
    const print = (line: string) => stream.write(`${line}\n`);
    return {
        step(what) {
            const since = performance.now();
            print(`${what} …`);
            return () => print(style("green", `${what}: done in ${seconds(since)}`));
        },
        note: print,
        warn: (what) => print(style("yellow", what)),
        log: (container, line) => print(`${style("dim", `[${container}]`)} ${line}`),
    };
}
