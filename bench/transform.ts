import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GatewayMetrics } from "../local/gateway/metrics.ts";
import type { ServedContainer, ServedEndpoint } from "../local/gateway/served-endpoint.ts";
import { hostedTransform } from "../local/graph/hosted-transform.ts";
import { recordProgram } from "../local/graph/record-program.ts";
import { Host } from "../local/host.ts";
import { createProgress } from "../local/progress.ts";
import { cache, prepareStack, root } from "../local/project.ts";
import { batchContainers } from "../local/transform/batch-containers.ts";
import { inputFiles } from "../local/transform/input-files.ts";
import { bodyOf, miniBatches } from "../local/transform/mini-batches.ts";
import { ModelClient } from "../local/transform/model-client.ts";
import { OutputFolder } from "../local/transform/output-folder.ts";
import { readRecords } from "../local/transform/read-records.ts";
import { Transformation } from "../local/transform/transformation.ts";
import { type SpecFlags, type TransformSpec, transformSpec } from "../local/transform/transform-spec.ts";
import type { BenchmarkResult, Row } from "./benchmark.ts";
import { median } from "./statistics.ts";

const STACK = "pipeline";
const ROUNDS = 5;
const MiB = 1024 * 1024;

/** What is transformed: so many penguins, sent in one way. */
interface Case {
    readonly name: string;
    readonly records: number;
    readonly flags: SpecFlags;
}

const CASES: readonly Case[] = [
    { name: "multi-record, 1 MiB", records: 100_000, flags: { strategy: "multi-record", concurrency: 6 } },
    { name: "single-record", records: 2_000, flags: { strategy: "single-record", concurrency: 6 } },
];

/** Lines of penguins, one JSON object each. */
function penguins(count: number): string {
    const { instances } = JSON.parse(readFileSync("examples/tabular.json", "utf8")) as { instances: object[] };
    const lines = instances.map((instance) => `${JSON.stringify(instance)}\n`);
    return Array.from({ length: count }, (_, index) => lines[index % lines.length]).join("");
}

const neverStopped = new AbortController().signal;

/** The containers as if they were all that the model has. */
const lineOf = (containers: readonly ServedContainer[]): ServedEndpoint => ({
    name: "transform",
    variants: [{ name: "batch", weight: 1, mode: "Serial", containers }],
});

/** Sends every payload, so many at once. @returns seconds, and the responses in the order of the payloads */
async function sendAll(container: ServedContainer, spec: TransformSpec, payloads: readonly Buffer[]) {
    const client = new ModelClient(lineOf([container]), spec, new GatewayMetrics(), neverStopped);
    const responses: Buffer[] = [];
    const began = performance.now();
    let next = 0;
    const worker = async (): Promise<void> => {
        for (let index = next++; index < payloads.length; index = next++) {
            const payload = payloads[index];
            if (payload !== undefined) responses[index] = await client.invoke(payload);
        }
    };
    await Promise.all(Array.from({ length: spec.concurrency }, worker));
    const seconds = (performance.now() - began) / 1000;
    await client.close();
    return { seconds, responses };
}

/** The requests that the files make. */
async function payloadsOf(input: string, output: string, spec: TransformSpec): Promise<Buffer[]> {
    const payloads: Buffer[] = [];
    const limit = spec.maxPayloadMiB * MiB;
    for (const file of inputFiles(input, output)) {
        const records = readRecords(file, spec.split, limit);
        for await (const batch of miniBatches(records, spec.strategy, limit, () => false)) {
            if ("records" in batch) payloads.push(bodyOf(batch));
        }
    }
    return payloads;
}

/** Seconds of one run over the files, through all containers, results on disk. */
async function transformAll(
    containers: readonly ServedContainer[],
    spec: TransformSpec,
    input: string,
    folder: string,
) {
    const output = new OutputFolder(folder, { run: folder });
    const client = new ModelClient(lineOf(containers), spec, new GatewayMetrics(), neverStopped);
    const observer = { counted: () => undefined, failed: () => undefined };
    const files = inputFiles(input, folder);
    const began = performance.now();
    const { failed } = await new Transformation(files, spec, output, client, observer).run();
    const seconds = (performance.now() - began) / 1000;
    await client.close();
    output.release();
    if (failed > 0) throw new Error(`${failed} records failed`);
    return seconds;
}

/** Runs of the whole line, and of each container alone with what it gets in the line, in turns. */
async function measure(
    { name, records }: Case,
    spec: TransformSpec,
    containers: readonly ServedContainer[],
    types: readonly (string | undefined)[],
): Promise<Row> {
    const folder = mkdtempSync(join(tmpdir(), "bench-transform-"));
    try {
        const input = join(folder, "input");
        mkdirSync(input);
        for (const part of [1, 2, 3, 4]) writeFileSync(join(input, `${part}.jsonl`), penguins(records / 4));
        const whole: number[] = [];
        const alone = containers.map((): number[] => []);
        for (let round = 0; round < ROUNDS; round++) {
            whole.push(await transformAll(containers, spec, input, join(folder, `output-${round}`)));
            let payloads = await payloadsOf(input, join(folder, "unused"), spec);
            for (const [index, container] of containers.entries()) {
                const { accept, ...rest } = { ...spec, contentType: types[index] ?? spec.contentType };
                const isLast = index === containers.length - 1;
                const ownSpec = isLast && accept !== undefined ? { ...rest, accept } : rest;
                const { seconds, responses } = await sendAll(container, ownSpec, payloads);
                alone[index]?.push(seconds);
                payloads = responses;
            }
        }
        const rates = alone.map((seconds) => records / median(seconds));
        const slowest = Math.min(...rates);
        const rate = records / median(whole);
        return {
            case: name,
            records,
            transform_records_s: rate,
            ...Object.fromEntries(containers.map(({ hostname }, index) => [`${hostname}_alone_s`, rates[index] ?? 0])),
            "transform / slowest alone": rate / slowest,
        };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** The throughput of a batch transform against that of its slowest container alone. */
export async function transform(): Promise<BenchmarkResult> {
    const progress = createProgress();
    const { config, settings, python } = await prepareStack(STACK, progress);
    const hosted = hostedTransform((await recordProgram(root, config)).resources);
    if (hosted === undefined) throw new Error(`stack ${STACK} has no batch transform`);
    const types = [undefined, ...settings.steps.slice(0, -1).map(({ responseType }) => responseType)];
    const host = new Host({ python, cache, progress });
    try {
        const spec = transformSpec(hosted.job, {});
        const { variants } = await host.start(batchContainers(hosted.model, spec));
        const containers = variants.flatMap((variant) => variant.containers);
        const rows: Row[] = [];
        for (const one of CASES) rows.push(await measure(one, transformSpec(hosted.job, one.flags), containers, types));
        return {
            name: "transform",
            rows,
            notes: [
                `stack ${STACK}; a transform and each container alone, with what it gets in the line, in ${ROUNDS} rounds in turn; medians`,
                "alone, a container has both processors and nothing is written to disk; in the line all containers and the runner share them",
            ],
            plots: [
                {
                    title: "Batch transform",
                    groups: ["case"],
                    values: ["transform_records_s", ...containers.map(({ hostname }) => `${hostname}_alone_s`)],
                    axis: "records a second",
                    logarithmic: true,
                },
            ],
        };
    } finally {
        await host.stop();
    }
}
