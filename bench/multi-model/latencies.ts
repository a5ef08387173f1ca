import { execFile } from "node:child_process";
import { totalmem } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { packTree } from "../../artifacts/pack-tree.ts";
import { scanTree } from "../../artifacts/scan-tree.ts";
import { cache } from "../../local/project.ts";
import type { BenchmarkResult, Row } from "../benchmark.ts";
import { median } from "../statistics.ts";
import { invokeAll, metricOf } from "./invoke.ts";
import { measureApi } from "./model-api.ts";
import { ModelArchives, nameOf } from "./model-archives.ts";
import type { Server } from "./models-runner.ts";
import { budgetFor, FOREST, hosting, MIB, type ModelsFolder, range, SERVERS, withForest } from "./servers.ts";

const WARM = { rounds: 15, requests: 100 };
/** Models that are loaded cold; of Multi Model Server each is a process. */
const COLD: Readonly<Record<Server, number>> = { "step-server": 60, "multi-model-server": 15 };

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

/** The first invocation of each model, against unpacking it and calling model_fn and no more. */
async function cold(server: Server, archives: ModelArchives, folder: ModelsFolder, python: string): Promise<Row> {
    const count = COLD[server];
    const script = join(import.meta.dirname, "unpack_and_load.py");
    const env = { ...process.env, PYTHONPATH: "containers/digits", OMP_NUM_THREADS: "1" };
    // as the program has read them through when the local host starts
    for (const index of range(count + 1)) {
        await packTree(scanTree(join(folder.folder, nameOf(index))), { cacheFolder: join(cache, "artifacts") });
    }
    const { stdout } = await promisify(execFile)(python, [script, archives.archive, String(count)], { env });
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

const NOTES = [
    FOREST,
    `warm: ${WARM.rounds} rounds of ${WARM.requests} invocations in turn by one client, of the model alone in its container and as one of many; ratios are medians over rounds`,
    "cold load: ModelLoadingWaitTime of models that were never there, over unpacking the same archive and calling model_fn in a Python process that has imported all; one after another; the archives were read through before, as npm start does for all models that are there",
    "reloaded: memory for one model, two asked for in turn: each invocation unloads one and loads the other from the volume",
    "load, unload, invoke: by the container's own API; memory: proportional set of all the server's processes",
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
];

/** Many models in a container: latencies by where the model is, and what the container's own API takes. */
export function multiModel(): Promise<BenchmarkResult> {
    return withForest(async (folder, forest, python) => {
        const archives = new ModelArchives(join(folder, "archives"), forest);
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
        return { name: "multi-model", rows, notes: NOTES, plots: PLOTS };
    });
}
