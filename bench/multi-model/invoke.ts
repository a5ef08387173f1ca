import { Pool } from "undici";
import type { Apart } from "../apart.ts";
import { nameOf } from "./model-archives.ts";
import { INVOCATIONS } from "./models-runner.ts";

/** One digit for the container to recognise. */
export const BODY = Buffer.from(JSON.stringify({ instances: [Array.from({ length: 64 }, (_, index) => index % 17)] }));

/**
 * Invokes models one after another by so many clients; "alone" is no target.
 * @param refusals takes the messages of invocations without a 200. @default - they are thrown
 * @returns the milliseconds that each invocation with a 200 took
 */
export async function invokeAll(
    { urls }: Apart,
    models: readonly (number | "alone")[],
    clients = 1,
    refusals?: string[],
): Promise<number[]> {
    const pool = new Pool(urls[0] ?? "", { connections: clients });
    const waiting = models.toReversed();
    const times: number[] = [];
    const client = async (): Promise<void> => {
        for (let model = waiting.pop(); model !== undefined; model = waiting.pop()) {
            const target = model === "alone" ? {} : { "X-Amzn-SageMaker-Target-Model": nameOf(model) };
            const since = performance.now();
            const { statusCode, body } = await pool.request({
                method: "POST",
                path: INVOCATIONS,
                headers: { "Content-Type": "application/json", ...target },
                body: BODY,
            });
            const text = await body.text();
            if (statusCode === 200) times.push(performance.now() - since);
            else if (refusals === undefined) throw new Error(text);
            else refusals.push(text);
        }
    };
    await Promise.all(Array.from({ length: clients }, client));
    await pool.close();
    return times;
}

/** A metric's values as the gateway publishes them: the p50 in milliseconds, the sum, the count, or the value itself. */
export async function metricOf({ urls }: Apart, name: string) {
    const text = await (await fetch(`${urls[0] ?? ""}/metrics`)).text();
    const value = (pattern: string): number => Number(new RegExp(`^${name}${pattern} (.+)$`, "m").exec(text)?.[1] ?? 0);
    return {
        p50: value('\\{quantile="0.5",.*\\}') / 1000,
        sum: value("_sum\\{.*\\}"),
        count: value("_count\\{.*\\}"),
        level: value("\\{.*\\}"),
    };
}
