import { LIMITS } from "./limits.ts";
import type { ExecutionMode } from "./pipeline.ts";
import { multiModelSteps, type Step } from "./step.ts";

/** Batch transform of a stack's model: every file below an input prefix becomes one below an output prefix, `NAME` → `NAME.out`. */
export interface TransformSettings {
    /** Media type of the input; what the first container gets with each request. */
    readonly contentType: string;
    /** Media type wanted of the last container. @default - none: the container's own */
    readonly accept?: string;
    /** `none`: a file is one request. `line`: a line is one record. @default "none" */
    readonly split?: "none" | "line";
    /** Records of a request where files are split: one, or as many as fit in `maxPayloadMiB`. @default "multi-record" */
    readonly strategy?: "single-record" | "multi-record";
    /** `none`: responses follow each other as they are. `line`: each ends its own line. @default "none" */
    readonly assemble?: "none" | "line";
    /** Requests in flight to each instance. @default 1 */
    readonly concurrency?: number;
    /** MiB of a request at most; with `concurrency` in flight at most 100. @default 6 */
    readonly maxPayloadMiB?: number;
    /** Seconds for a response of all containers, 1–3600. @default 600 */
    readonly responseTimeoutSeconds?: number;
    /** How often a request that failed is sent again, 0–3. @default 3 */
    readonly responseRetries?: number;
    /** @default "ml.m5.large" */
    readonly instanceType?: string;
    /** Files are spread over instances. @default 1 */
    readonly instanceCount?: number;
    /** `s3://bucket/prefix/` that is there already. @default - `input/` of a bucket made for it */
    readonly input?: string;
    /** `s3://bucket/prefix/` that is there already. @default - `output/` of a bucket made for it */
    readonly output?: string;
    /** What starts a job when it lands below the input: any object, which then is the input, or a manifest, `NAME.manifest`. @default - nothing */
    readonly startOn?: "object" | "manifest";
    /** How often a job that failed is started again. @default 1 */
    readonly jobRetries?: number;
    /** Minutes until a job is stopped and counts as failed. @default 1440 */
    readonly jobTimeoutMinutes?: number;
    /** E-mail addresses that hear of a job that failed; each must confirm. @default - none: a topic to subscribe to */
    readonly notify?: readonly string[];
}

/** The settings with SageMaker's defaults, save that files that are not split know no strategy. */
export const completeTransform = (settings: TransformSettings) => ({
    split: "none" as const,
    strategy: "multi-record" as const,
    assemble: "none" as const,
    concurrency: 1,
    maxPayloadMiB: 6,
    responseTimeoutSeconds: 600,
    responseRetries: 3,
    instanceType: "ml.m5.large",
    instanceCount: 1,
    jobRetries: 1,
    jobTimeoutMinutes: 1440,
    notify: [],
    ...settings,
});

/** Every rule that the settings break, for a model of these steps. */
export function transformProblems(settings: TransformSettings, steps: readonly Step[], mode: ExecutionMode): string[] {
    const { split, strategy, concurrency, maxPayloadMiB, input, output } = {
        ...completeTransform(settings),
        strategy: settings.strategy,
    };
    const problems: string[] = [];
    if (mode === "direct") {
        problems.push(
            "transform: a record passes through all containers in order; the containers of mode direct have none",
        );
    }
    if (strategy !== undefined && split === "none") {
        problems.push(
            `transform.strategy: "${strategy}" is for files that are split; set transform.split to line, or leave it out`,
        );
    }
    for (const { name } of multiModelSteps(steps)) {
        problems.push(`transform: step "${name}" is multi-model, and a transform job cannot name a target model`);
    }
    const inFlight = concurrency * maxPayloadMiB;
    if (inFlight > LIMITS.transformInFlightMiB) {
        problems.push(
            `transform: concurrency ${concurrency} × maxPayloadMiB ${maxPayloadMiB} is ${inFlight} MiB in flight; ` +
                `at most ${LIMITS.transformInFlightMiB}`,
        );
    }
    if (input !== undefined && output !== undefined && (input.startsWith(output) || output.startsWith(input))) {
        problems.push(
            `transform.output: "${output}" and transform.input "${input}" lie in each other, so results would become input`,
        );
    }
    return problems;
}
