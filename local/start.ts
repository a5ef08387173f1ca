import { existsSync } from "node:fs";
import { InvalidArgumentError } from "commander";
import { PlanError, refuse } from "../plans/plan-error.ts";
import type { Sample } from "../plans/settings.ts";
import { command, report } from "./command.ts";
import { createGateway } from "./gateway/gateway.ts";
import { hostedEndpoints } from "./graph/hosted-endpoint.ts";
import { recordProgram } from "./graph/record-program.ts";
import { Host } from "./host.ts";
import { howToCall } from "./how-to-call.ts";
import { requireDocker } from "./launcher/docker-launcher.ts";
import { findPython } from "./launcher/python.ts";
import { requireFreePort } from "./launcher/free-port.ts";
import { metricsTable } from "./metrics-table.ts";
import { createProgress } from "./progress.ts";
import { cache, prepareStack, root } from "./project.ts";
import { sendSample } from "./send-sample.ts";
import { aborted, untilStopped } from "./until-stopped.ts";

interface StartOptions {
    readonly stack: string;
    readonly port?: number;
    readonly once?: boolean;
    readonly docker?: boolean;
    readonly baseImage?: string;
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

async function start({ stack: name, port, once, docker, baseImage }: StartOptions): Promise<void> {
    process.chdir(root);
    const progress = createProgress();
    const wantedPort = port ?? ((once ?? false) ? 0 : DEFAULT_PORT);
    await requireFreePort(wantedPort);
    if (docker ?? false) await requireDocker(findPython());

    const { config, settings, python } = await prepareStack(name, progress);
    if (once ?? false) refuse(config.file, sampleProblems(settings.sample));
    const done = progress.step(`reading stack ${name}`);
    const [hosted] = hostedEndpoints((await recordProgram(root, config)).resources);
    if (hosted === undefined) throw new PlanError(`stack "${name}"`, ["its program registers no endpoint"]);
    done();

    const host = new Host({ python, cache, progress, docker: docker ?? false, baseImage });
    const stop = untilStopped(() => {
        host.kill();
    });
    stop.addEventListener("abort", () => {
        progress.note(`stopping on ${String(stop.reason)} …`);
    });
    try {
        const endpoint = await Promise.race([host.start(hosted), aborted(stop)]);
        if (endpoint === undefined) return;
        const gateway = createGateway({ endpoints: [endpoint] });
        try {
            const origin = await gateway.listen(wantedPort);
            const url = `${origin}/endpoints/${endpoint.name}/invocations`;
            process.stdout.write(`ready ${url}\n`);
            if (settings.sample !== undefined && (once ?? false)) {
                const answer = await sendSample(url, settings.sample);
                process.stdout.write(`${answer.body.toString()}\n`);
                if (answer.status !== 200) process.exitCode = 1;
            } else {
                progress.note(howToCall(origin, endpoint.name, settings.sample));
                await aborted(stop);
            }
        } finally {
            await gateway.close();
        }
        process.stdout.write(`${metricsTable(await gateway.summary())}\n`);
    } finally {
        await host.stop();
    }
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
    .action(start)
    .parseAsync()
    .catch(report);
process.exit();
