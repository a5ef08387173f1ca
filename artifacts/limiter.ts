/** Runs a task as soon as it may. */
export type Limiter = <T>(task: () => Promise<T>) => Promise<T>;

/** Lets no more than `count` tasks run at a time; the others begin in the order in which they came. */
export function limiter(count: number): Limiter {
    const waiting: (() => void)[] = [];
    let running = 0;
    return async (task) => {
        if (running === count) await new Promise<void>((begin) => waiting.push(begin));
        else running++;
        try {
            return await task();
        } finally {
            const next = waiting.shift();
            if (next === undefined) running--;
            else next();
        }
    };
}
