import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

/** Whether a process with this id runs. */
export const isAlive = (pid: number): boolean => {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
};

/** The process that holds a lock; 0 where it is just being taken or released. */
function ownerOf(file: string): number {
    try {
        return Number(readFileSync(file, "utf8"));
    } catch {
        return 0; // released in between
    }
}

/**
 * Takes a lock if it is free or its owner is gone; whoever takes it removes the file in the end.
 * @returns the process that holds it instead; undefined where it was taken
 */
export function takeLock(file: string): number | undefined {
    for (;;) {
        try {
            writeFileSync(file, String(process.pid), { flag: "wx" });
            return undefined;
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        }
        const owner = ownerOf(file);
        if (owner === 0 || isAlive(owner)) return owner;
        rmSync(file, { force: true });
    }
}

/** Does work that no other process of this machine does at the same time under the same lock file. */
export async function withLock<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
    while (takeLock(file) !== undefined) await setTimeout(100);
    try {
        return await work();
    } finally {
        rmSync(file, { force: true });
    }
}
