import { setTimeout } from "node:timers/promises";
import { request } from "undici";

/** How long an answer to /ping may take [D]. */
const PING_TIMEOUT_MS = 2000;
const INTERVAL_MS = 50;

/** Asks with the client that the gateway calls containers with, so that its first real request finds it loaded. */
async function isHealthy(origin: string): Promise<boolean> {
    try {
        const { statusCode, body } = await request(`${origin}/ping`, { signal: AbortSignal.timeout(PING_TIMEOUT_MS) });
        await body.dump();
        return statusCode === 200;
    } catch {
        return false;
    }
}

/** Whether `GET /ping` answered 200 in time. */
export async function waitForHealth(origin: string, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    while (performance.now() < deadline && !signal.aborted) {
        if (await isHealthy(origin)) return true;
        await setTimeout(INTERVAL_MS);
    }
    return false;
}
