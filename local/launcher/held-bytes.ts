import { readdirSync, readFileSync } from "node:fs";

const KIB = 1024;

/** Processes that a process has started. */
export const childrenOf = (pid: number): number[] =>
    readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
        readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8")
            .split(" ")
            .filter((child) => child !== "")
            .map(Number),
    );

/** The proportional set of a process: a page that several processes share is divided between them. */
const ownBytes = (pid: number): number =>
    KIB * Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1]);

/**
 * The memory of all processes below a process, in bytes, as the step server measures it too; undefined where the system does not
 * tell it as Linux does.
 */
export function heldBytes(pid: number): number | undefined {
    try {
        return childrenOf(pid).reduce((sum, child) => sum + ownBytes(child) + (heldBytes(child) ?? 0), 0);
    } catch {
        return undefined; // no /proc, or a process that has just ended
    }
}
