import { join, relative } from "node:path";
import { PlanError } from "../plans/plan-error.ts";
import { createGateway, type MetricSummary } from "./gateway/gateway.ts";
import { CaptureFiles } from "./capture/capture-files.ts";
import { type HostedEndpoint, hostedEndpoints } from "./graph/hosted-endpoint.ts";
import { recordProgram } from "./graph/record-program.ts";
import { Host } from "./host.ts";
import type { Progress } from "./progress.ts";
import { cache, root, type Stack } from "./project.ts";
import { refusePackaged } from "./refuse-packaged.ts";
import { aborted, untilStopped } from "./until-stopped.ts";

export interface ServeOptions {
    readonly progress: Progress;
    /** Port of 127.0.0.1; 0 for any free one. */
    readonly port: number;
    /** Runs real containers. @default false: processes */
    readonly docker?: boolean | undefined;
    /** With Docker: replaces the Dockerfiles' BASE_IMAGE. @default - the Dockerfiles' own */
    readonly baseImage?: string | undefined;
    /** Bytes of memory of a multi-model container. @default - the machine's */
    readonly memory?: number | undefined;
    /** Bytes of the volume of a multi-model container. @default - the variant's volumeGiB, or the machine's */
    readonly volume?: number | undefined;
}

/** Records requests and answers where the endpoint's configuration says so. */
function captureFiles({ name, capture }: HostedEndpoint, progress: Progress): CaptureFiles | undefined {
    if (capture === undefined) return undefined;
    const folder = join(cache, "capture", name);
    progress.note(`recording ${capture.samplingPercent} % of requests in ${relative(root, folder)}`);
    return new CaptureFiles(folder, capture, (what) => {
        progress.warn(what);
    });
}

/** A stack's endpoint while it is served. */
export interface Serving {
    readonly origin: string;
    readonly endpointName: string;
    /** Where it is invoked. */
    readonly url: string;
    /** Aborted when the process is told to end. */
    readonly stop: AbortSignal;
}

const NOT_ASYNCHRONOUS =
    "serial-inference:endpoint.async: the local host has no S3 to read requests from and write results to; to try the " +
    "containers with InvokeEndpoint, take it out in a stack of your own, and endpoint.scaling with it";

/**
 * Serves a stack's endpoint for as long as it is used, and then stops all of it.
 * @returns what was measured meanwhile; undefined where the process was told to end before it was ready
 */
export async function serveStack(
    { config, python }: Stack,
    { progress, port, docker, ...budgets }: ServeOptions,
    use: (serving: Serving) => Promise<void>,
): Promise<readonly MetricSummary[] | undefined> {
    const done = progress.step(`reading stack ${config.stack}`);
    const [hosted] = hostedEndpoints((await recordProgram(root, config)).resources);
    if (hosted === undefined) throw new PlanError(`stack "${config.stack}"`, ["its program registers no endpoint"]);
    if (hosted.isAsynchronous ?? false) throw new PlanError(`stack "${config.stack}"`, [NOT_ASYNCHRONOUS]);
    refusePackaged(hosted.variants, config.stack);
    done();

    const host = new Host({ python, cache, progress, docker: docker ?? false, ...budgets });
    const stop = untilStopped(() => {
        host.kill();
    });
    stop.addEventListener("abort", () => {
        progress.note(`stopping on ${String(stop.reason)} …`);
    });
    try {
        const endpoint = await Promise.race([host.start(hosted), aborted(stop)]);
        if (endpoint === undefined) return undefined;
        const capture = captureFiles(hosted, progress);
        const gateway = createGateway({ endpoints: [{ ...endpoint, record: capture?.record }] });
        try {
            const origin = await gateway.listen(port);
            const url = `${origin}/endpoints/${endpoint.name}/invocations`;
            await use({ origin, endpointName: endpoint.name, url, stop });
        } finally {
            await gateway.close();
            await capture?.close();
        }
        return await gateway.summary();
    } finally {
        await host.stop();
    }
}
