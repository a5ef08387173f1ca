import { createInterface } from "node:readline";
import { type GuardOptions, spawnGuarded } from "./spawn-guarded.ts";

const KEPT_LINES = 30;

/**
 * Runs a command to its end.
 * @param onLine takes each line it prints, on stdout or stderr
 * @returns what it printed on stdout
 * @throws with its last lines where it fails
 */
export async function runCommand(options: GuardOptions, onLine?: (line: string) => void): Promise<string> {
    const child = spawnGuarded(options);
    const output: string[] = [];
    const last: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on("line", (line) => {
            if (stream === child.stdout) output.push(line);
            last.push(line);
            if (last.length > KEPT_LINES) last.shift();
            onLine?.(line);
        });
    }
    const code = await new Promise<number | null>((resolve, reject) =>
        child.once("error", reject).once("close", resolve),
    );
    if (code === 0) return output.join("\n");
    throw new Error(`${options.command.join(" ")} failed with exit code ${String(code)}:\n${last.join("\n")}`);
}
