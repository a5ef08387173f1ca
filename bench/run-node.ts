import { spawnSync } from "node:child_process";

/** What a Node process took. */
export interface NodeRun {
    readonly seconds: number;
    /** The most memory that it held at a time. */
    readonly megabytes: number;
}

/**
 * Runs Node, and measures it from its start to its end.
 * @param cwd @default - the working directory
 */
export function runNode(args: readonly string[], cwd?: string): NodeRun {
    const measured = `process.on("exit", () => process.stderr.write("peak " + process.resourceUsage().maxRSS));`;
    const since = performance.now();
    const { status, stderr } = spawnSync(process.execPath, ["--import", `data:text/javascript,${measured}`, ...args], {
        cwd,
        encoding: "utf8",
        stdio: ["ignore", "ignore", "pipe"],
    });
    if (status !== 0) throw new Error(`node ${args.join(" ")} failed: ${stderr}`);
    return { seconds: (performance.now() - since) / 1000, megabytes: Number(/peak (\d+)$/.exec(stderr)?.[1]) / 1024 };
}
