import { type ChildProcessByStdio, spawn } from "node:child_process";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

const GUARD = join(import.meta.dirname, "guard.py");

export interface GuardOptions {
    /** Interpreter for the guard; any Python of the machine. */
    readonly python: string;
    readonly command: readonly [string, ...string[]];
    readonly environment: NodeJS.ProcessEnv;
    /** Seconds between SIGTERM and SIGKILL when the process is told to end. @default 5 */
    readonly graceSeconds?: number;
    /** Run after the command has ended, however it ended. @default - nothing */
    readonly afterwards?: readonly [string, ...string[]];
}

/** A process below its guard; `stdin` is the guard's: closing it ends the process and all its descendants. */
export type Guarded = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * Starts a process that ends with this one, with all its descendants, even if this one is killed. It is in a session of its own, so
 * that Ctrl-C reaches this process alone.
 */
export function spawnGuarded({ python, command, environment, graceSeconds = 5, afterwards }: GuardOptions): Guarded {
    const args = ["-I", "-S", GUARD, String(graceSeconds), JSON.stringify(afterwards ?? []), ...command];
    const guard = spawn(python, args, { env: environment, stdio: ["pipe", "pipe", "pipe"], detached: true });
    guard.stdin.on("error", () => undefined); // it ended before its pipe was closed
    return guard;
}
