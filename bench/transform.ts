import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
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

const FILE = fileURLToPath(import.meta.url);
const MiB = 1024 * 1024;

/** What is transformed, and how it is sent. */
interface Case {
    readonly name: string;
    readonly flags: SpecFlags;
    readonly rounds: number;
    readonly records: number;
    /** Contents of the files, with so many records in all. */
    readonly files: (records: number) => (string | Buffer)[];
}

/** Lines of penguins, one JSON object each, in four files. */
function penguins(count: number): string[] {
    const { instances } = JSON.parse(readFileSync("examples/tabular.json", "utf8")) as { instances: object[] };
    const lines = instances.map((instance) => `${JSON.stringify(instance)}\n`);
    const part = Array.from({ length: count / 4 }, (_, index) => lines[index % lines.length]).join("");
    return [part, part, part, part];
}

/** Scans, a file each. */
function scans(count: number): Buffer[] {
    const { scans: given } = JSON.parse(readFileSync("examples/scans.json", "utf8")) as { scans: { image: string }[] };
    return Array.from({ length: count }, (_, index) => Buffer.from(given[index % given.length]?.image ?? "", "base64"));
}

const CASES: Readonly<Record<string, readonly Case[]>> = {
    pipeline: [
        {
            name: "penguins, multi-record, 1 MiB",
            flags: { strategy: "multi-record", concurrency: 6 },
            rounds: 5,
            records: 300_000,
            files: penguins,
        },
        {
            name: "penguins, single-record",
            flags: { strategy: "single-record", concurrency: 6 },
            rounds: 7,
            records: 2_000,
            files: penguins,
        },
    ],
    ensemble: [{ name: "scans, a file each", flags: { concurrency: 3 }, rounds: 3, records: 12, files: scans }],
};

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
    { name, records, rounds, files }: Case,
    spec: TransformSpec,
    containers: readonly ServedContainer[],
    types: readonly (string | undefined)[],
): Promise<Row> {
    const folder = mkdtempSync(join(tmpdir(), "bench-transform-"));
    try {
        const input = join(folder, "input");
        mkdirSync(input);
        for (const [index, content] of files(records).entries()) writeFileSync(join(input, String(index)), content);
        const whole: number[] = [];
        const alone = containers.map((): number[] => []);
        for (let round = 0; round < rounds; round++) {
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
        const slowest = rates.indexOf(Math.min(...rates));
        const ratios = whole.map((seconds, round) => (alone[slowest]?.[round] ?? Number.NaN) / seconds);
        return {
            case: name,
            records,
            "transform, records/s": records / median(whole),
            "slowest alone, records/s": rates[slowest] ?? Number.NaN,
            slowest: containers[slowest]?.hostname ?? "",
            "transform ÷ slowest alone": median(ratios),
            "each alone, records/s": containers
                .map(({ hostname }, index) => `${hostname} ${Math.round(rates[index] ?? Number.NaN)}`)
                .join(", "),
        };
    } finally {
        rmSync(folder, { recursive: true });
    }
}

/** All cases of one stack. */
async function measureStack(stack: string): Promise<void> {
    const progress = createProgress();
    const { config, settings, python } = await prepareStack(stack, progress);
    const hosted = hostedTransform((await recordProgram(root, config)).resources);
    if (hosted === undefined) throw new Error(`stack ${stack} has no batch transform`);
    const types = [undefined, ...settings.steps.slice(0, -1).map(({ responseType }) => responseType)];
    const host = new Host({ python, cache, progress });
    try {
        const { variants } = await host.start(batchContainers(hosted.model, transformSpec(hosted.job, {})));
        const containers = variants.flatMap((variant) => variant.containers);
        for (const one of CASES[stack] ?? []) {
            const row = await measure(one, transformSpec(hosted.job, one.flags), containers, types);
            process.send?.(row);
        }
    } finally {
        await host.stop();
    }
}

/** The throughput of batch transforms against that of their slowest containers alone. */
export async function transform(): Promise<BenchmarkResult> {
    const rows: Row[] = [];
    for (const stack of Object.keys(CASES)) {
        const child = fork(FILE, [stack]); // a program is evaluated once a process
        child.on("message", (row: Row) => rows.push(row));
        const [code] = (await once(child, "close")) as [number | null];
        if (code !== 0) throw new Error(`measuring stack ${stack} failed`);
    }
    return {
        name: "transform",
        rows,
        notes: [
            "a transform, results on disk, and each container alone with what it gets in the line, in turn in every round; as many requests in flight in all of them",
            "transform ÷ slowest alone is the median of the rounds' ratios; rates are medians",
            "alone, a container has both processors; in the line all containers and the runner share them",
        ],
        plots: [
            {
                title: "Batch transform",
                groups: ["case"],
                values: ["transform, records/s", "slowest alone, records/s"],
                axis: "records a second",
                logarithmic: true,
            },
        ],
    };
}

if (process.argv[1] === FILE) {
    await measureStack(process.argv[2] ?? "");
    process.exit(); // what the program and the host have open would keep the process
}
