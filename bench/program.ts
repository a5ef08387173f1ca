import { spawnSync } from "node:child_process";
import type { BenchmarkResult, Row } from "./benchmark.ts";
import { previews } from "./previews.ts";
import { type NodeRun, runNode } from "./run-node.ts";
import { median } from "./statistics.ts";

const ROUNDS = 9;

/** What the program cannot do without: Pulumi and the AWS classes that it uses, imported and nothing else. */
const BARE =
    'await import("@pulumi/pulumi"); await import("@pulumi/aws"); await import("@pulumi/docker-build"); await import("@pulumi/docker");';

const plan = (stack: string): readonly string[] => [
    "--max-semi-space-size=16", // as npm run plan has it
    "local/plan.ts",
    "--stack",
    stack,
    "--json",
];

/** Evaluating index.ts for stacks dev and prod, against only importing the packages that it stands on, in turn. */
export async function program(): Promise<BenchmarkResult> {
    const cases = {
        "import Pulumi's packages": ["--input-type=module", "-e", BARE],
        "evaluate index.ts (npm run plan)": plan("dev"),
        "evaluate index.ts for stack prod": plan("prod"),
    };
    const runs = Object.entries(cases).map(([name, args]) => ({ name, args, times: [] as NodeRun[] }));
    for (const { args } of runs) runNode(args); // the first run fills the caches
    for (let round = 0; round < ROUNDS; round++) for (const { args, times } of runs) times.push(runNode(args));
    const bare = median(runs[0]?.times.map(({ seconds }) => seconds) ?? []);
    const rows: Row[] = runs.map(({ name, times }) => {
        const seconds = median(times.map((time) => time.seconds));
        return {
            case: name,
            seconds,
            ratio: seconds / bare,
            peak_memory_mb: median(times.map(({ megabytes }) => megabytes)),
        };
    });
    const notes = [`medians of ${ROUNDS} rounds, in turn, each in a new process; the artifacts are in the cache`];
    if (spawnSync("pulumi", ["version"]).status === 0) {
        const rounds = Object.entries(await previews());
        rows.push(...rounds.map(([name, seconds]) => ({ case: name, seconds, ratio: seconds / bare })));
        notes.push(
            "previews: medians of 5 rounds, in turn, of stacks that are not there yet, with the providers on PATH",
        );
    } else {
        notes.push("no pulumi on PATH: the preview was not measured");
    }
    return {
        name: "program",
        rows,
        notes,
        plots: [{ title: "Evaluating the program", groups: ["case"], values: ["seconds"], axis: "seconds" }],
    };
}
