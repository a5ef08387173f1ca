import { setTimeout } from "node:timers/promises";

/** Polls until the condition holds; the test's own time limit ends it otherwise. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await condition())) await setTimeout(20);
}
