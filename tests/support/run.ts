import { spawnSync } from "node:child_process";
import { expect } from "chai";

/** Runs a command, and gives what it printed. @throws with all it printed where it fails */
export function run(
    folder: string,
    command: string,
    args: readonly string[],
    environment: NodeJS.ProcessEnv = {},
): string {
    const { status, stdout, stderr } = spawnSync(command, args, {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, ...environment },
        maxBuffer: 64 * 1024 * 1024,
    });
    expect(status, `${command} ${args.join(" ")}\n${stdout}\n${stderr}`).to.equal(0);
    return stdout;
}
