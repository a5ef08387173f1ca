import { mkdirSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { request } from "undici";
import { ModelApi } from "../../local/multi-model/model-api.ts";
import type { Apart } from "../apart.ts";
import { median } from "../statistics.ts";
import { BODY, metricOf } from "./invoke.ts";

const LOAD_MS = 60_000;

async function timed(times: number[], work: () => Promise<unknown>): Promise<void> {
    const since = performance.now();
    await work();
    times.push(performance.now() - since);
}

/** Loads, invokes and unloads models by the container's own API, without the local host between. */
export async function measureApi(host: Apart, archive: string, folder: string, count: number) {
    const origin = host.urls[1] ?? "";
    const api = new ModelApi({ origin, unavailable: undefined });
    const times = { load: [] as number[], invoke: [] as number[], unload: [] as number[] };
    const held = async () => (await metricOf(host, "MemoryUtilization")).level;
    const names = Array.from({ length: count + 1 }, (_, index) => `model${index}`);
    let first = 0;
    for (const name of names) {
        const unpacked = join(folder, name);
        mkdirSync(unpacked, { recursive: true });
        execFileSync("tar", ["xzf", archive, "-C", unpacked]);
        await timed(times.load, () => api.load({ id: name, target: name }, unpacked, LOAD_MS));
        const headers = { "Content-Type": "application/json" };
        for (let round = 0; round < 10; round++) {
            await timed(times.invoke, async () => {
                const path = `${origin}/models/${name}/invoke`;
                const { statusCode, body } = await request(path, { method: "POST", headers, body: BODY });
                await body.dump();
                if (statusCode !== 200) throw new Error(`invoke answered ${statusCode}`);
            });
        }
        if (name === names[0]) first = await held();
    }
    const percent = ((await held()) - first) / count;
    for (const name of names) await timed(times.unload, () => api.unload({ id: name, target: name }));
    // the first load imports libraries, and the last unload ends all
    return {
        load: median(times.load.slice(1)),
        invoke: median(times.invoke),
        unload: median(times.unload.slice(0, -1)),
        /** Of the machine's memory, for each model. */
        percent,
    };
}
