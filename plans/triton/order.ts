import type { End } from "./flow.ts";

/** A tensor on its way from one step to another. */
interface Edge {
    readonly tensor: string;
    readonly to: number;
}

/** For each step, the steps that its tensors feed. */
function edges(tensors: ReadonlyMap<string, readonly End[]>, steps: number): readonly Edge[][] {
    const from: Edge[][] = Array.from({ length: steps }, () => []);
    for (const [tensor, ends] of tensors) {
        const maker = ends.find(({ role }) => role === "made")?.step;
        if (maker === undefined || ends.some(({ role }) => role === "request")) continue;
        for (const { role, step } of ends) {
            if (role === "read" && step !== undefined) from[maker]?.push({ tensor, to: step });
        }
    }
    return from;
}

/** Steps on their way around, each with the tensor that it hands on. */
export type Cycle = readonly { readonly step: number; readonly tensor: string }[];

/**
 * The steps in an order in which each comes after those that feed it, and the cycles where there is none: one for each step that feeds
 * one before it.
 */
export function orderSteps(tensors: ReadonlyMap<string, readonly End[]>, steps: number) {
    const from = edges(tensors, steps);
    const order: number[] = [];
    const cycles: Cycle[] = [];
    const state = new Map<number, "open" | "done">();
    for (let start = 0; start < steps; start += 1) {
        if (state.has(start)) continue;
        // a stack of its own: the way from the start to where the search is, with the edges that are left to follow
        const way = [{ step: start, next: 0 }];
        state.set(start, "open");
        for (let here = way.at(-1); here !== undefined; here = way.at(-1)) {
            const edge = from[here.step]?.[here.next];
            here.next += 1;
            if (edge === undefined) {
                state.set(here.step, "done");
                order.unshift(here.step);
                way.pop();
            } else if (!state.has(edge.to)) {
                state.set(edge.to, "open");
                way.push({ step: edge.to, next: 0 });
            } else if (state.get(edge.to) === "open") {
                const around = way.slice(way.findIndex(({ step }) => step === edge.to));
                cycles.push(
                    around.map(({ step, next }) => ({ step, tensor: from[step]?.[next - 1]?.tensor ?? edge.tensor })),
                );
            }
        }
    }
    return { order, cycles };
}
