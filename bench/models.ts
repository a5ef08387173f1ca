import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { PROGRAM } from "../tools/deployment.ts";
import type { BenchmarkResult } from "./benchmark.ts";
import { type NodeRun, runNode } from "./run-node.ts";
import { fitLine, median } from "./statistics.ts";

const COUNTS = [0, 1000, 2500, 5000];
const ROUNDS = 5;

/** What `npm run plan` gives Node. */
function planArguments(): readonly string[] {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: { plan: string } };
    return scripts.plan.split(" ").slice(1);
}

/** Numbers of a small model, and what they mean: two files of 2 KB together. */
function writeModel(folder: string, index: number): void {
    mkdirSync(folder, { recursive: true });
    const weights = Array.from({ length: 100 }, (_, feature) => Math.sin(index * 100 + feature));
    writeFileSync(join(folder, "weights.json"), JSON.stringify(weights));
    writeFileSync(join(folder, "meta.json"), JSON.stringify({ region: index % 50, city: index }));
}

/** A copy of the project with a stack for each number of models; without models the stack names a prefix in S3. */
function project(): string {
    const folder = mkdtempSync(join(tmpdir(), "serial-inference-models-"));
    const write = (path: string, content: string) => {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
    };
    for (const part of [...PROGRAM, "local"]) cpSync(part, join(folder, part), { recursive: true });
    symlinkSync(join(process.cwd(), "node_modules"), join(folder, "node_modules"));
    for (const count of COUNTS) {
        for (let index = 0; index < count; index++)
            writeModel(join(folder, `models/${count}/region-${index % 50}/city-${index}`), index);
        const image = { build: { folder: "containers/digits" } };
        const artifact = count === 0 ? { uri: "s3://bucket/models/" } : { models: `models/${count}` };
        const config = {
            "serial-inference:pattern": "multi-model-pipeline",
            "serial-inference:steps": [
                { name: "preprocess", image },
                { name: "predict", image, artifact, multiModel: {} },
            ],
        };
        write(`Pulumi.models-${count}.yaml`, JSON.stringify({ config })); // JSON is YAML
    }
    return folder;
}

/** `npm run plan` for a container with many models: the first time, when each is packed, and then with all in the cache. */
export async function models(): Promise<BenchmarkResult> {
    const folder = project();
    try {
        await setTimeout(2500); // what is younger is packed each time, since it may change unseen
        const plan = (count: number) => runNode([...planArguments(), "--stack", `models-${count}`], folder);
        const runs = COUNTS.map((count) => ({ count, first: plan(count), again: [] as NodeRun[] }));
        for (let round = 0; round < ROUNDS; round++) for (const { count, again } of runs) again.push(plan(count));
        const rows = runs.map(({ count, first, again }) => ({
            models: count,
            seconds: median(again.map(({ seconds }) => seconds)),
            peak_memory_mb: median(again.map(({ megabytes }) => megabytes)),
            seconds_first_time: first.seconds,
        }));
        const line = (column: "seconds" | "peak_memory_mb") => fitLine(rows.map((row) => [row.models, row[column]]));
        const slopes = { milliseconds: line("seconds").slope * 1000, kilobytes: line("peak_memory_mb").slope * 1024 };
        return {
            name: "models",
            rows,
            tables: { "A model more, by the least squares over the rows": [slopes] },
            notes: [
                `medians of ${ROUNDS} rounds, in turn, each \`npm run plan\` in a new process with all models in the cache`,
                "a model is a directory of two files with 2 KB together; the first time each is packed",
                "peak memory is what the process held at most (ru_maxrss), garbage that V8 had not yet collected with it",
            ],
            plots: [
                { title: "Planning many models", groups: ["models"], values: ["seconds"], axis: "seconds" },
                { title: "Memory of the plan", groups: ["models"], values: ["peak_memory_mb"], axis: "MB at the peak" },
            ],
        };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
