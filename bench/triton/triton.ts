import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchmarkResult, Row } from "../benchmark.ts";
import { measureBatching } from "./batching.ts";
import { measurePlan } from "./plan.ts";
import { measureScans } from "./scans.ts";
import { measureSmallTensors } from "./small-tensors.ts";

const NOTES = [
    "figures are medians of rounds, in which the servers of a case are asked in turn, another one first in each; ratios are medians of the rounds' ratios; all servers run in processes of their own, with one worker or instance, one thread for BLAS, and the clients on the same machine",
    "small tensors: FP32 [16] through tanh(x · a + b) three times, in NumPy, so that what is around it is what is measured; one model: all three in one Triton model; one container: all three in one handler of the step server; three containers: one in each, in line behind the local host's gateway",
    "in one process: the ensemble with `oneProcess`; a step more: what a model's own process adds to a request, half of what the ensemble takes longer than one model",
    "JSON is KServe's for Triton and rows of numbers for the step server; binary is SageMaker's form for Triton and the bare numbers for the step server",
    "digits: scikit-learn's scaler and logistic regression of 64 pixels, whose call takes about as long for 16 rows as for one",
    "scans: one page of a small, noisy recipe, as bytes; JSON: base64; both lines and the one process behind the gateway; one container: the three handlers one after another, which pass what the containers pass; recognition has one thread; 5, 2 and 1 rounds of as many requests as clients",
    "recognition: the scans' ensemble with other settings of that model, without the gateway; the model reads the pages of a batch one after another",
    "plan: problems, files and drawing of an ensemble of so many models in line; first: before anything is compiled",
    "no GPU was there: groups for a GPU were not measured",
];

const of = (rows: readonly Row[], name: string) => rows.filter((row) => String(row["case"]).startsWith(name));
const bars = { groups: ["case", "clients"], bars: "server", axis: "ms", logarithmic: true };

/** The same models as a Triton ensemble, as containers in line and in one process; batches; the plan. */
export async function triton(): Promise<BenchmarkResult> {
    const plan = [10, 100, 1000].map(measurePlan); // while the process is new
    const folder = mkdtempSync(join(tmpdir(), "triton-bench-"));
    try {
        const { python, line, recognition } = await measureScans(folder);
        const small = await measureSmallTensors(python, folder);
        const batching = await measureBatching(folder);
        const rows = [small, batching, line, recognition].flatMap((measured) => measured.rows);
        return {
            name: "triton",
            rows,
            tables: {
                "small tensors": small.ratios,
                "dynamic batching": batching.ratios,
                scans: line.ratios,
                "recognition on this machine's cores": recognition.ratios,
                plan,
            },
            notes: NOTES,
            plots: [
                { title: "Small tensors: p50", ...bars, values: ["p50 ms"], rows: of(rows, "small tensors") },
                { title: "Small tensors: p99", ...bars, values: ["p99 ms"], rows: of(rows, "small tensors") },
                {
                    ...bars,
                    title: "Dynamic batching",
                    values: ["requests / s"],
                    axis: "requests / s",
                    logarithmic: false,
                    rows: of(rows, "digits"),
                },
                { title: "Scans: p50", ...bars, values: ["p50 ms"], rows: of(rows, "scans") },
            ],
        };
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
