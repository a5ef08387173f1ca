import { refuse } from "../../plans/plan-error.ts";
import { completeTransform, type TransformSettings, transformProblems } from "../../plans/transform.ts";
import type { TransformJob } from "../../plans/transform-job.ts";

/** What a run does to its files: SageMaker's settings of a transform job. */
export type TransformSpec = Pick<
    ReturnType<typeof completeTransform>,
    | "split"
    | "strategy"
    | "assemble"
    | "concurrency"
    | "maxPayloadMiB"
    | "responseTimeoutSeconds"
    | "responseRetries"
    | "contentType"
> &
    Pick<TransformSettings, "accept">;

/** Settings that a command line gives in the place of the stack's. */
export type SpecFlags = Partial<
    Pick<
        TransformSettings,
        "contentType" | "accept" | "split" | "strategy" | "assemble" | "concurrency" | "maxPayloadMiB"
    >
>;

const LINES = { None: "none", Line: "line" } as const;
const STRATEGIES = { SingleRecord: "single-record", MultiRecord: "multi-record" } as const;

/** The settings that a registered job was made of. */
const settingsOf = (job: TransformJob): TransformSettings => ({
    contentType: job.TransformInput.ContentType,
    ...(job.TransformOutput.Accept !== undefined && { accept: job.TransformOutput.Accept }),
    split: LINES[job.TransformInput.SplitType],
    ...(job.BatchStrategy !== undefined && { strategy: STRATEGIES[job.BatchStrategy] }),
    assemble: LINES[job.TransformOutput.AssembleWith],
    concurrency: job.MaxConcurrentTransforms,
    maxPayloadMiB: job.MaxPayloadInMB,
    responseTimeoutSeconds: job.ModelClientConfig.InvocationsTimeoutInSeconds,
    responseRetries: job.ModelClientConfig.InvocationsMaxRetries,
});

/**
 * The stack's settings, if it has a batch transform, with the command line's in their place.
 * @throws {PlanError} where they break a rule, or nothing says what the input is
 */
export function transformSpec(job: TransformJob | undefined, flags: SpecFlags): TransformSpec {
    const settings = { ...(job && settingsOf(job)), ...flags };
    const { contentType } = settings;
    const wanted = "the media type of the input; give it, or describe serial-inference:transform in the stack's config";
    refuse("npm run transform", contentType === undefined ? [`--content-type: missing; accepted: ${wanted}`] : []);
    const complete = { ...settings, contentType: contentType ?? "" };
    refuse("npm run transform", transformProblems(complete, [], "serial"));
    return completeTransform(complete);
}
