import { Argument, Command } from "commander";
import { report as reportError } from "../local/command.ts";
import { createProgress } from "../local/progress.ts";
import { root } from "../local/project.ts";
import type { BenchmarkResult } from "./benchmark.ts";
import { gateway } from "./gateway.ts";
import { models } from "./models.ts";
import { multiModel } from "./multi-model/latencies.ts";
import { memoryPressure } from "./multi-model/memory-pressure.ts";
import { packing } from "./packing.ts";
import { pipeline } from "./pipeline.ts";
import { program } from "./program.ts";
import { report } from "./report.ts";
import { serving } from "./serving.ts";
import { transform } from "./transform.ts";
import { triton } from "./triton/triton.ts";

const BENCHMARKS: Readonly<Record<string, () => BenchmarkResult | Promise<BenchmarkResult>>> = {
    serving,
    gateway,
    pipeline,
    "multi-model": multiModel,
    "memory-pressure": memoryPressure,
    packing,
    program,
    models,
    transform,
    triton,
};

const name = new Argument("<name...>", "what to measure").choices(Object.keys(BENCHMARKS));

await new Command("npm run bench --")
    .description("Measures, prints a table, and writes it with plots to bench/results.")
    .addArgument(name)
    .action(async (names: string[]) => {
        process.chdir(root);
        const progress = createProgress();
        for (const chosen of names) {
            const done = progress.step(`measuring ${chosen}`);
            const result = await BENCHMARKS[chosen]?.();
            done();
            if (result !== undefined) await report(result);
        }
    })
    .parseAsync()
    .catch(reportError);
