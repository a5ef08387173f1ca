import { resolve } from "node:path";
import { InvalidArgumentError, Option } from "commander";
import { LIMITS, type Range } from "../plans/limits.ts";
import { PlanError } from "../plans/plan-error.ts";
import type { TransformJob } from "../plans/transform-job.ts";
import { command, report } from "./command.ts";
import { hostedEndpoints } from "./graph/hosted-endpoint.ts";
import type { HostedModel } from "./graph/hosted-model.ts";
import { hostedTransform } from "./graph/hosted-transform.ts";
import { recordProgram } from "./graph/record-program.ts";
import type { RecordedResource } from "./graph/recorded-resource.ts";
import { Host } from "./host.ts";
import { requireDocker } from "./launcher/docker-launcher.ts";
import { findPython } from "./launcher/python.ts";
import { metricsTable } from "./metrics-table.ts";
import { createProgress } from "./progress.ts";
import { cache, prepareStack, root } from "./project.ts";
import { refusePackaged } from "./refuse-packaged.ts";
import { inputFiles } from "./transform/input-files.ts";
import { OutputFolder } from "./transform/output-folder.ts";
import { GO_ON, runTransform } from "./transform/run-transform.ts";
import { summaryText } from "./transform/summary.ts";
import { type SpecFlags, transformSpec } from "./transform/transform-spec.ts";
import { untilStopped } from "./until-stopped.ts";

interface TransformOptions extends SpecFlags {
    readonly stack: string;
    readonly input: string;
    readonly output: string;
    readonly json?: boolean;
    readonly docker?: boolean;
    readonly baseImage?: string;
}

/** As a shell tells that a command was ended by SIGINT. */
const INTERRUPTED = 130;

/** The model to run, and the job that the stack would run it by, if it has a batch transform. */
function transformed(
    resources: readonly RecordedResource[],
    stack: string,
): { model: HostedModel; job?: TransformJob } {
    const transform = hostedTransform(resources);
    if (transform !== undefined) return transform;
    const [model] = hostedEndpoints(resources).flatMap(({ variants }) => variants);
    if (model === undefined) throw new PlanError(`stack "${stack}"`, ["its program registers no model"]);
    if (model.mode === "Direct") {
        throw new PlanError(`stack "${stack}"`, [
            "its containers are called one by one (mode direct), so no line of them",
        ]);
    }
    return { model };
}

async function transform(options: TransformOptions): Promise<void> {
    const { stack, input: inputPath, output: outputPath, json = false, docker = false, baseImage, ...flags } = options;
    const from = process.env["INIT_CWD"] ?? process.cwd(); // npm runs scripts in the project's root
    const [input, folder] = [resolve(from, inputPath), resolve(from, outputPath)];
    process.chdir(root);
    const progress = createProgress();
    const files = inputFiles(input, folder);
    if (docker) await requireDocker(findPython());

    const { config, python } = await prepareStack(stack, progress);
    const { model, job } = transformed((await recordProgram(root, config)).resources, stack);
    refusePackaged([model], stack);
    const spec = transformSpec(job, flags);
    const { contentType, accept = "", split, strategy, assemble, maxPayloadMiB } = spec;
    const output = new OutputFolder(folder, {
        ...{ stack, input, model: model.fingerprint },
        ...{ contentType, accept, split, strategy, assemble, maxPayloadMiB },
    });
    const host = new Host({ python, cache, progress, docker, baseImage });
    const stop = untilStopped(() => {
        host.kill();
    });
    try {
        const { summary, metrics, stopped } = await runTransform({ model, spec, files, output, host, progress, stop });
        if (json) process.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`);
        else process.stdout.write(`${summaryText(summary, output)}\n\n${metricsTable(metrics)}\n`);
        if (stopped) progress.warn(`stopped on ${String(stop.reason)}: ${GO_ON}`);
        process.exitCode = stopped ? INTERRUPTED : summary.records.failed > 0 ? 1 : 0;
    } finally {
        await host.stop();
        output.release();
    }
}

/** An option's argument as a whole number within a range. */
const whole =
    ({ min, max }: Range) =>
    (text: string): number => {
        const number = Number(text);
        if (Number.isInteger(number) && number >= min && number <= max) return number;
        throw new InvalidArgumentError(`accepted: a whole number from ${min} to ${max}`);
    };

const choice = (flags: string, description: string, choices: readonly string[]) =>
    new Option(flags, description).choices(choices);

await command(
    "transform",
    "Batch transform on this machine: runs a stack's model over every file of a folder, and writes NAME.out for each NAME. " +
        "What the stack's config says under serial-inference:transform holds where no option says otherwise. " +
        "Run again after a crash, it does what is missing.",
)
    .requiredOption("-i, --input <folder>", "files to transform, or one file")
    .requiredOption("-o, --output <folder>", "where results go: an empty or a new folder, or one to go on in")
    .option("--content-type <type>", "media type of the input")
    .option("--accept <type>", "media type wanted")
    .addOption(choice("--split <how>", "none: a file is a request; line: a line is a record", ["none", "line"]))
    .addOption(choice("--strategy <which>", "records of a request", ["single-record", "multi-record"]))
    .addOption(choice("--assemble <how>", "line: each response ends its line", ["none", "line"]))
    .option("--concurrency <number>", "requests in flight", whole(LIMITS.transformConcurrency))
    .option("--max-payload-mib <number>", "MiB of a request at most", whole(LIMITS.transformPayloadMiB))
    .option("--json", "print what was done, and every failure, as JSON")
    .option("--docker", "run the containers' images with Docker instead of processes")
    .option("--base-image <image>", "with --docker: what the Dockerfiles are built FROM, in place of their own")
    .action(async ({ maxPayloadMib, ...options }: TransformOptions & { readonly maxPayloadMib?: number }) =>
        transform({ ...options, ...(maxPayloadMib !== undefined && { maxPayloadMiB: maxPayloadMib }) }),
    )
    .parseAsync()
    .catch(report);
process.exit();
