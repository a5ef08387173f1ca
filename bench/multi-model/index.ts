import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { containerPython } from "../../local/launcher/process-launcher.ts";
import { findPython } from "../../local/launcher/python.ts";
import { createProgress } from "../../local/progress.ts";
import { environments } from "../../local/project.ts";
import type { Apart } from "../apart.ts";
import type { BenchmarkResult, Row } from "../benchmark.ts";
import { median, quantile } from "../statistics.ts";
import { invokeAll, metricOf } from "./invoke.ts";
import { measureApi } from "./model-api.ts";
import { ModelArchives } from "./model-archives.ts";
import { hostApart, type Hosting, imageOf, type Server } from "./models-runner.ts";

const run = promisify(execFile);
const MIB = 1024 ** 2;
const SERVERS: readonly Server[] = ["step-server", "multi-model-server"];

const WARM = { rounds: 15, requests: 100 };
/** Models that are loaded cold; of Multi Model Server each is a process. */
const COLD: Readonly<Record<Server, number>> = { "step-server": 60, "multi-model-server": 15 };
const COUNTS = [10, 100, 1000] as const;
const ZIPF = { requests: 300, clients: 4 };
/** What a server itself may come to hold beside its models: the heap of Multi Model Server's Java grows as it works. */
const OWN_GROWTH: Readonly<Record<Server, number>> = { "step-server": 0, "multi-model-server": 150 * MIB };

async function hosting<Result>(what: Hosting, use: (host: Apart) => Promise<Result>): Promise<Result> {
    const host = await hostApart(what);
    try {
        return await use(host);
    } finally {
        await host.stop();
    }
}

/** Numbers from 0 up to 1, the same in each run. */
function random(): () => number {
    let state = 7;
    return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

/** Which of `count` models each request names: the one of rank r as often as 1/r. */
function zipf(count: number, requests: number): number[] {
    const weights = Array.from({ length: count }, (_, rank) => 1 / (rank + 1));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const draw = random();
    return Array.from({ length: requests }, () => {
        let left = draw() * sum;
        return Math.max(
            0,
            weights.findIndex((weight) => (left -= weight) < 0),
        );
    });
}

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** A warm invocation of one of many models against the same model alone in its container, in turn. */
async function warm(server: Server, archives: ModelArchives, folder: ModelsFolder): Promise<Row> {
    const single = { server, data: { kind: "archive" as const, file: archives.archive } };
    return hosting(single, (alone) =>
        hosting({ server, data: folder }, async (many) => {
            const times = { alone: [] as number[], many: [] as number[] };
            for (let round = -1; round < WARM.rounds; round++) {
                const one = await invokeAll(alone, new Array<"alone">(WARM.requests).fill("alone"));
                const other = await invokeAll(many, new Array<number>(WARM.requests).fill(0));
                if (round < 0) continue;
                times.alone.push(median(one));
                times.many.push(median(other));
            }
            const ratios = times.many.map((value, index) => value / (times.alone[index] ?? Number.NaN));
            return {
                server,
                "one model, p50 ms": median(times.alone),
                "one of many, p50 ms": median(times.many),
                "warm ratio": median(ratios),
            };
        }),
    );
}

type ModelsFolder = ReturnType<ModelArchives["models"]>;

/** The first invocation of each model, against unpacking it and calling model_fn and no more. */
async function cold(server: Server, archives: ModelArchives, folder: ModelsFolder, python: string): Promise<Row> {
    const count = COLD[server];
    const script = join(import.meta.dirname, "unpack_and_load.py");
    const env = { ...process.env, PYTHONPATH: "containers/digits", OMP_NUM_THREADS: "1" };
    const { stdout } = await run(python, [script, archives.archive, String(count)], { env });
    const least = median(JSON.parse(stdout) as number[]);
    return hosting({ server, data: folder }, async (host) => {
        await invokeAll(host, [0]);
        const first = await invokeAll(host, range(count + 1).slice(1));
        const again = await invokeAll(host, range(count + 1).slice(1));
        const waited = (await metricOf(host, "ModelLoadingWaitTime")).p50;
        return {
            server,
            "unpack + model_fn, p50 ms": least,
            "cold load, p50 ms": waited,
            "cold ratio": waited / least,
            "cold invocation, p50 ms": median(first),
            "warm invocation, p50 ms": median(again),
        };
    });
}

/** Invocations in turn of models of which the memory holds one alone: each unloads another and loads from the volume. */
async function reloaded(server: Server, folder: ModelsFolder): Promise<number> {
    const budget = await budgetFor(server, folder, 1);
    return hosting({ server, data: folder, budget }, async (host) => {
        await invokeAll(host, [0, 1]);
        return median(
            await invokeAll(
                host,
                range(20).map((index) => index % 2),
            ),
        );
    });
}

/** Bytes that a server holds with so many models: with half a model more, another one does not fit. */
async function budgetFor(server: Server, data: ModelsFolder, count: number): Promise<number> {
    return hosting({ server, data }, async (host) => {
        const held = async () => ((await metricOf(host, "MemoryUtilization")).level / 100) * totalmem();
        await invokeAll(host, range(count));
        const first = await held();
        await invokeAll(host, range(count + 3).slice(count));
        return Math.round(first + ((await held()) - first) / 6 + OWN_GROWTH[server]);
    });
}

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

const PRESSURE = "a budget that holds a tenth of the models";

const NOTES = [
    `a random forest of 200 trees for digits (12 MB, some 8 MiB in memory) in containers/digits, as many times as there are models; invocations pass through the local host`,
    `warm: ${WARM.rounds} rounds of ${WARM.requests} invocations in turn by one client, of the model alone in its container and as one of many; ratios are medians over rounds`,
    "cold load: ModelLoadingWaitTime of models that were never there, over unpacking the same archive and calling model_fn in a Python process that has imported all; one after another",
    "reloaded: memory for one model, two asked for in turn: each invocation unloads one and loads the other from the volume",
    "load, unload, invoke: by the container's own API; memory: proportional set of all the server's processes",
    `under pressure: ${ZIPF.requests} invocations by ${ZIPF.clients} clients, the model of rank r asked for as often as 1/r; the most popular tenth is loaded before; both servers get the same invocations; the budget is what the server holds with a tenth of the models, half a model more, and 150 MiB for the growth of Multi Model Server's heap, so that it may hold some more`,
];

const PLOTS = [
    {
        title: "Invocation by where the model is",
        groups: ["server"],
        values: ["warm invocation, p50 ms", "reloaded invocation, p50 ms", "cold invocation, p50 ms"],
        axis: "ms",
        logarithmic: true,
    },
    { title: "Memory of a model", groups: ["server"], values: ["MiB a model"], axis: "MiB" },
    { title: "Hit ratio", table: PRESSURE, groups: ["models"], values: ["hit ratio"], bars: "server", axis: "hits" },
    {
        title: "p50",
        table: PRESSURE,
        groups: ["models"],
        values: ["p50 ms"],
        bars: "server",
        axis: "ms",
        logarithmic: true,
    },
    {
        title: "p99",
        table: PRESSURE,
        groups: ["models"],
        values: ["p99 ms"],
        bars: "server",
        axis: "ms",
        logarithmic: true,
    },
];

/** Many models in a container: latencies by where the model is, and what a budget that holds a tenth of them does. */
export async function multiModel(): Promise<BenchmarkResult> {
    const folder = mkdtempSync(join(tmpdir(), "multi-model-"));
    try {
        const digits = { hostname: "digits", image: imageOf("step-server") };
        const python = await containerPython(digits, findPython(), environments, createProgress());
        await run(python, [join(import.meta.dirname, "forest.py"), join(folder, "forest")]);
        const archives = new ModelArchives(join(folder, "archives"), join(folder, "forest"));
        const some = archives.models(99);

        const rows: Row[] = [];
        for (const server of SERVERS) {
            const api = await hosting({ server, data: some }, (host) =>
                measureApi(host, archives.archive, join(folder, "unpacked", server), COLD[server]),
            );
            rows.push({
                ...(await cold(server, archives, some, python)),
                "reloaded invocation, p50 ms": await reloaded(server, some),
                ...(await warm(server, archives, some)),
                "load ms": api.load,
                "unload ms": api.unload,
                "invoke ms": api.invoke,
                "MiB a model": ((api.percent / 100) * totalmem()) / MIB,
            });
        }
        const pressure: Row[] = [];
        for (const count of COUNTS) {
            for (const server of SERVERS)
                pressure.push(
                    await underPressure(
                        server,
                        new ModelArchives(join(folder, `${server}-${count}`), join(folder, "forest")),
                        count,
                    ),
                );
        }
        return { name: "multi-model", rows, tables: { [PRESSURE]: pressure }, notes: NOTES, plots: PLOTS };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
