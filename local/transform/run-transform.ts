import { GatewayMetrics, type MetricSummary } from "../gateway/metrics.ts";
import type { HostedModel } from "../graph/hosted-model.ts";
import type { Host } from "../host.ts";
import type { Progress } from "../progress.ts";
import { aborted } from "../until-stopped.ts";
import { batchContainers } from "./batch-containers.ts";
import type { InputFile } from "./input-files.ts";
import { ModelClient, ModelGone } from "./model-client.ts";
import type { OutputFolder } from "./output-folder.ts";
import { progressLine } from "./progress-line.ts";
import { failureText } from "./record-failure.ts";
import { summarise, type TransformSummary } from "./summary.ts";
import { NOTHING, type Observer, Transformation, wasStopped } from "./transformation.ts";
import type { TransformSpec } from "./transform-spec.ts";

/** What a run takes. */
export interface TransformRun {
    readonly model: HostedModel;
    readonly spec: TransformSpec;
    readonly files: readonly InputFile[];
    readonly output: OutputFolder;
    readonly host: Host;
    readonly progress: Progress;
    /** Aborted when the run should stop. */
    readonly stop: AbortSignal;
}

/** What a run has to say. */
export interface TransformReport {
    readonly summary: TransformSummary;
    readonly metrics: readonly MetricSummary[];
    /** Whether it was stopped before it was over. */
    readonly stopped: boolean;
}

/** Failed records that are shown as they come; the list of failures has all. */
const SHOWN_FAILURES = 10;

/**
 * Starts the model's containers, runs them over the files, and stops them. Where every result is there already nothing is started.
 * @throws where a container does not start, or stays away; what was answered by then is kept
 */
export async function runTransform(run: TransformRun): Promise<TransformReport> {
    const { model, spec, files, output, host, progress, stop } = run;
    const metrics = new GatewayMetrics();
    const isDone = files.every((file) => output.recordsOf(file) !== undefined);
    const hosted = batchContainers(model, spec);
    const served = isDone
        ? { name: hosted.name, variants: [] }
        : await Promise.race([host.start(hosted), aborted(stop)]);
    if (served === undefined) {
        return { summary: summarise(files.length, NOTHING, [], 0), metrics: [], stopped: true };
    }

    const client = new ModelClient(served, spec, metrics, stop);
    const began = performance.now();
    const seconds = () => (performance.now() - began) / 1000;
    const transformation = new Transformation(files, spec, output, client, observe(run, seconds));
    let stopped = false;
    try {
        await transformation.run();
    } catch (error) {
        if (error instanceof ModelGone) throw new Error(`${error.message}; ${GO_ON}`, { cause: error });
        if (!wasStopped(error)) throw error;
        stopped = true;
    } finally {
        progress.status("");
        await client.close();
    }
    const { counts, failures } = transformation;
    if (failures.length > SHOWN_FAILURES) progress.warn(`… and ${failures.length - SHOWN_FAILURES} more failures`);
    if (!stopped) output.writeFailures(failures);
    return { summary: summarise(files.length, counts, failures, seconds()), metrics: await metrics.summary(), stopped };
}

/** What to do after a run that ended early. */
export const GO_ON = "what was answered is kept, the same command goes on with the rest";

/** Shows how far the run is, and the first failures. */
function observe({ files, progress }: TransformRun, seconds: () => number): Observer {
    const totalBytes = files.reduce((sum, { size }) => sum + size, 0);
    let bytesBefore = 0;
    let shown = 0;
    let shownAt = -Infinity;
    return {
        counted: (counts) => {
            if (counts.recordsBefore === counts.records) bytesBefore = counts.bytes;
            if (seconds() - shownAt < 0.1) return;
            shownAt = seconds();
            progress.status(progressLine(counts, totalBytes, bytesBefore, seconds()));
        },
        failed: (failure) => {
            if (shown++ < SHOWN_FAILURES) progress.warn(failureText(failure));
        },
    };
}
