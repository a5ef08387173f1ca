import { type ChildProcess, spawn, spawnSync } from "node:child_process";

/** A local host that is serving, as a process of its own. */
export interface LocalHost {
    readonly child: ChildProcess;
    /** Where stack dev is invoked. */
    readonly url: string;
    /** What it printed on stdout so far. */
    readonly output: () => string;
    /** Its exit code. */
    readonly ended: Promise<number | null>;
}

/** Starts the local host on a free port and waits for its line on stdout. @throws with its stderr where it ends before */
export async function startLocalHost(...args: readonly string[]): Promise<LocalHost> {
    const child = spawn(process.execPath, ["local/start.ts", "--port", "0", ...args], {
        stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let errors = "";
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
    const ready = new Promise<string>((resolve) => {
        child.stdout.on("data", (chunk: Buffer) => {
            output += chunk.toString();
            const url = /^ready (\S+)$/m.exec(output)?.[1];
            if (url !== undefined) resolve(url);
        });
    });
    const failed = ended.then((code) => {
        throw new Error(`it ended with ${String(code)}: ${errors}`);
    });
    failed.catch(() => undefined); // it ends later, too
    return { child, url: await Promise.race([ready, failed]), ended, output: () => output };
}

/** Processes below one process. */
export function descendants(pid: number): number[] {
    const { stdout } = spawnSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" });
    const pairs = stdout
        .trim()
        .split("\n")
        .map((line) => line.trim().split(/\s+/).map(Number));
    const below = (parent: number): number[] =>
        pairs.filter(([, above]) => above === parent).flatMap(([child = 0]) => [child, ...below(child)]);
    return below(pid);
}

/** Those of the processes that have not ended. */
export const running = (pids: readonly number[]): number[] =>
    pids.filter((pid) => {
        const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
        return stdout.trim() !== "" && !stdout.startsWith("Z");
    });
