import { mkdtempSync, rmSync } from "node:fs";
import { execFile } from "node:child_process";
import { tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { containerPython } from "../../local/launcher/process-launcher.ts";
import { findPython } from "../../local/launcher/python.ts";
import { createProgress } from "../../local/progress.ts";
import { environments } from "../../local/project.ts";
import type { Apart } from "../apart.ts";
import { invokeAll, metricOf } from "./invoke.ts";
import type { ModelArchives } from "./model-archives.ts";
import { hostApart, type Hosting, imageOf, type Server } from "./models-runner.ts";

export const MIB = 1024 ** 2;
export const SERVERS: readonly Server[] = ["step-server", "multi-model-server"];
export const FOREST =
    "a random forest of 200 trees for digits (12 MB, some 8 MiB in memory) in containers/digits, as many times as there are models; invocations pass through the local host";

export type ModelsFolder = ReturnType<ModelArchives["models"]>;

/** What a server itself may come to hold beside its models: the heap of Multi Model Server's Java grows as it works. */
const OWN_GROWTH: Readonly<Record<Server, number>> = { "step-server": 0, "multi-model-server": 150 * MIB };

/** Trains the forest in a folder of its own, which is removed afterwards. */
export async function withForest<Result>(
    use: (folder: string, forest: string, python: string) => Promise<Result>,
): Promise<Result> {
    const folder = mkdtempSync(join(tmpdir(), "multi-model-"));
    try {
        const digits = { hostname: "digits", image: imageOf("step-server") };
        const python = await containerPython(digits, findPython(), environments, createProgress());
        const forest = join(folder, "forest");
        await promisify(execFile)(python, [join(import.meta.dirname, "forest.py"), forest]);
        return await use(folder, forest, python);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** Hosts a container for as long as it is used. */
export async function hosting<Result>(what: Hosting, use: (host: Apart) => Promise<Result>): Promise<Result> {
    const host = await hostApart(what);
    try {
        return await use(host);
    } finally {
        await host.stop();
    }
}

export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Bytes that a server holds with so many models: with half a model more, another one does not fit. */
export async function budgetFor(server: Server, data: ModelsFolder, count: number): Promise<number> {
    return hosting({ server, data }, async (host) => {
        const held = async () => ((await metricOf(host, "MemoryUtilization")).level / 100) * totalmem();
        await invokeAll(host, range(count));
        const first = await held();
        await invokeAll(host, range(count + 3).slice(count));
        return Math.round(first + ((await held()) - first) / 6 + OWN_GROWTH[server]);
    });
}
