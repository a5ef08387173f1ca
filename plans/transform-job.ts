import type { Input } from "@pulumi/pulumi";
import { completeTransform, type TransformSettings } from "./transform.ts";

/** What CreateTransformJob takes, save the job's name and places. */
export interface TransformJob {
    readonly ModelName: Input<string>;
    readonly MaxConcurrentTransforms: number;
    readonly MaxPayloadInMB: number;
    readonly BatchStrategy?: "SingleRecord" | "MultiRecord";
    readonly ModelClientConfig: {
        readonly InvocationsTimeoutInSeconds: number;
        readonly InvocationsMaxRetries: number;
    };
    readonly TransformInput: { readonly ContentType: string; readonly SplitType: "None" | "Line" };
    readonly TransformOutput: { readonly Accept?: string; readonly AssembleWith: "None" | "Line" };
    readonly TransformResources: { readonly InstanceType: string; readonly InstanceCount: number };
}

const LINES = { none: "None", line: "Line" } as const;
const STRATEGIES = { "single-record": "SingleRecord", "multi-record": "MultiRecord" } as const;

/** The job that the settings describe. */
export function planTransformJob(settings: TransformSettings, modelName: Input<string>): TransformJob {
    const complete = completeTransform(settings);
    return {
        ModelName: modelName,
        MaxConcurrentTransforms: complete.concurrency,
        MaxPayloadInMB: complete.maxPayloadMiB,
        ...(complete.split === "none" ? {} : { BatchStrategy: STRATEGIES[complete.strategy] }),
        ModelClientConfig: {
            InvocationsTimeoutInSeconds: complete.responseTimeoutSeconds,
            InvocationsMaxRetries: complete.responseRetries,
        },
        TransformInput: { ContentType: complete.contentType, SplitType: LINES[complete.split] },
        TransformOutput: {
            ...(complete.accept === undefined ? {} : { Accept: complete.accept }),
            AssembleWith: LINES[complete.assemble],
        },
        TransformResources: { InstanceType: complete.instanceType, InstanceCount: complete.instanceCount },
    };
}
