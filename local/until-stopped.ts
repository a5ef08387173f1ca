import { once } from "node:events";

/** Ctrl-C under npm arrives twice, from the terminal and from npm: only one that comes later means "at once". */
const SECOND_SIGNAL_AFTER_MS = 1000;
const PARENT_CHECK_MS = 500;

/**
 * Listens for what ends the local host: SIGINT, SIGTERM, SIGHUP, or the end of the npm that started it.
 * @param hurry called on a second signal
 * @returns a signal that is aborted, with the reason as text, once it should stop
 */
export function untilStopped(hurry: () => void): AbortSignal {
    const stop = new AbortController();
    let since = 0;
    const onSignal = (name: NodeJS.Signals) => {
        if (!stop.signal.aborted) {
            since = performance.now();
            stop.abort(name);
        } else if (performance.now() - since > SECOND_SIGNAL_AFTER_MS) {
            hurry();
        }
    };
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, onSignal);

    const parent = process.ppid;
    setInterval(() => {
        if (process.ppid !== parent) stop.abort("the end of the process that started it");
    }, PARENT_CHECK_MS).unref();
    return stop.signal;
}

/** Resolves when the signal is aborted. */
export async function aborted(signal: AbortSignal): Promise<void> {
    if (!signal.aborted) await once(signal, "abort");
}
