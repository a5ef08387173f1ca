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

/** Takes the lock if it is free or its owner is gone. */
function take(file: string): boolean {
    try {
        writeFileSync(file, String(process.pid), { flag: "wx" });
        return true;
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    try {
        const owner = Number(readFileSync(file, "utf8"));
        if (owner > 0 && !isAlive(owner)) rmSync(file, { force: true });
    } catch {
        // released in between: the next try takes it
    }
    return false;
}

/** Does work that no other process of this machine does at the same time under the same lock file. */
export async function withLock<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
    while (!take(file)) await setTimeout(100);
    try {
        return await work();
    } finally {
        rmSync(file, { force: true });
    }
}
