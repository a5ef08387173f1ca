import { join } from "node:path";
import type { BenchmarkResult, Row } from "../benchmark.ts";
import { median, quantile } from "../statistics.ts";
import { invokeAll, metricOf } from "./invoke.ts";
import { ModelArchives } from "./model-archives.ts";
import type { Server } from "./models-runner.ts";
import { zipf } from "./zipf.ts";
import { budgetFor, FOREST, hosting, MIB, range, SERVERS, withForest } from "./servers.ts";

const COUNTS = [10, 100, 1000] as const;
const ZIPF = { requests: 300, clients: 4 };

/** A budget that holds a tenth of the models, which are asked for as Zipf says; the first tenth is there at the start. */
async function underPressure(server: Server, archives: ModelArchives, count: number): Promise<Row> {
    const tenth = count / 10;
    const folder = archives.models(count);
    const budget = await budgetFor(server, folder, tenth);
    return hosting({ server, data: folder, budget }, async (host) => {
        await invokeAll(host, range(tenth).toReversed(), 1);
        const before = await metricOf(host, "ModelCacheHit");
        const refusals: string[] = [];
        const times = await invokeAll(host, zipf(count, ZIPF.requests), ZIPF.clients, refusals);
        const hits = await metricOf(host, "ModelCacheHit");
        return {
            models: count,
            server,
            "hit ratio": (hits.sum - before.sum) / (hits.count - before.count),
            refused: refusals.length,
            "loaded at the end": (await metricOf(host, "LoadedModelCount")).level,
            "p50 ms": median(times),
            "p99 ms": quantile(times, 0.99),
            "budget MiB": budget / MIB,
        };
    });
}

const NOTES = [
    FOREST,
    `${ZIPF.requests} invocations by ${ZIPF.clients} clients, the model of rank r asked for as often as 1/r; the most popular tenth is loaded before; both servers get the same invocations`,
    "the budget is what the server holds with a tenth of the models, half a model more, and 150 MiB for the growth of Multi Model Server's heap, so that it may hold some more",
];

const bars = { groups: ["models"], bars: "server" };

const PLOTS = [
    { title: "Hit ratio", ...bars, values: ["hit ratio"], axis: "hits" },
    { title: "p50", ...bars, values: ["p50 ms"], axis: "ms", logarithmic: true },
    { title: "p99", ...bars, values: ["p99 ms"], axis: "ms", logarithmic: true },
];

/** Many models of which a budget holds a tenth: hit ratio and latencies against the number of models. */
export function memoryPressure(): Promise<BenchmarkResult> {
    return withForest(async (folder, forest) => {
        const rows: Row[] = [];
        for (const count of COUNTS) {
            for (const server of SERVERS) {
                const archives = new ModelArchives(join(folder, `${server}-${count}`), forest);
                rows.push(await underPressure(server, archives, count));
            }
        }
        return { name: "memory-pressure", rows, notes: NOTES, plots: PLOTS };
    });
}
