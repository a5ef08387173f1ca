import { existsSync } from "node:fs";
import { InvalidArgumentError } from "commander";
import { refuse } from "../plans/plan-error.ts";
import type { Sample } from "../plans/settings.ts";
import { command, report } from "./command.ts";
import { howToCall } from "./how-to-call.ts";
import { requireDocker } from "./launcher/docker-launcher.ts";
import { findPython } from "./launcher/python.ts";
import { requireFreePort } from "./launcher/free-port.ts";
import { parseSize } from "./parse-size.ts";
import { metricsTable } from "./metrics-table.ts";
import { createProgress } from "./progress.ts";
import { prepareStack, root } from "./project.ts";
import { sendSample } from "./send-sample.ts";
import { serveStack } from "./serve-stack.ts";
import { aborted } from "./until-stopped.ts";

interface StartOptions {
    readonly stack: string;
    readonly port?: number;
    readonly once?: boolean;
    readonly docker?: boolean;
    readonly baseImage?: string;
    readonly memory?: number;
    readonly volume?: number;
}

const DEFAULT_PORT = 8080;

function parsePort(text: string): number {
    const port = Number(text);
    if (!Number.isInteger(port) || port < 0 || port > 65535)
        throw new InvalidArgumentError("accepted: 0 (any free port) to 65535");
    return port;
}

/** What keeps the sample request from being sent. */
function sampleProblems(sample: Sample | undefined): string[] {
    if (sample === undefined) return ["serial-inference:sample: missing; accepted: the request that --once is to send"];
    return existsSync(sample.body) ? [] : [`serial-inference:sample.body: there is no file "${sample.body}"`];
}

async function start({ stack: name, port, once, docker, ...budgets }: StartOptions): Promise<void> {
    process.chdir(root);
    const progress = createProgress();
    const wantedPort = port ?? ((once ?? false) ? 0 : DEFAULT_PORT);
    await requireFreePort(wantedPort);
    if (docker ?? false) await requireDocker(findPython());

    const stack = await prepareStack(name, progress);
    const { sample } = stack.settings;
    if (once ?? false) refuse(stack.config.file, sampleProblems(sample));
    const options = { progress, port: wantedPort, docker, ...budgets };
    const summary = await serveStack(stack, options, async ({ origin, endpointName, url, stop }) => {
        process.stdout.write(`ready ${url}\n`);
        if (sample !== undefined && (once ?? false)) {
            const answer = await sendSample(url, sample);
            process.stdout.write(`${answer.body.toString()}\n`);
            if (answer.status !== 200) process.exitCode = 1;
        } else {
            progress.note(howToCall(origin, endpointName, sample));
            await aborted(stop);
        }
    });
    if (summary !== undefined) process.stdout.write(`${metricsTable(summary)}\n`);
}

await command("start", "Serves a stack on this machine behind a SageMaker Runtime API on 127.0.0.1.")
    .option(
        "-p, --port <number>",
        `port of 127.0.0.1, 0 for any free one (default: ${DEFAULT_PORT}; with --once any free one)`,
        parsePort,
    )
    .option("--once", "send the stack's sample request, print the answer and the latency table, and stop")
    .option("--docker", "run the containers' images with Docker instead of processes")
    .option("--base-image <image>", "with --docker: what the Dockerfiles are built FROM, in place of their own")
    .option(
        "--memory <size>",
        "memory of a multi-model container, such as 512M or 2G (default: the machine's)",
        parseSize,
    )
    .option(
        "--volume <size>",
        "volume of a multi-model container, such as 10G (default: the variant's volumeGiB, or the machine's disk)",
        parseSize,
    )
    .action(start)
    .parseAsync()
    .catch(report);
process.exit();
