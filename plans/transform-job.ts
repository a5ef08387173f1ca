import type { Input } from "@pulumi/pulumi";
import { hasLocalStorage } from "./local-storage.ts";
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
    readonly TransformOutput: {
        readonly Accept?: string;
        readonly AssembleWith: "None" | "Line";
        readonly KmsKeyId?: Input<string>;
    };
    readonly TransformResources: {
        readonly InstanceType: string;
        readonly InstanceCount: number;
        readonly VolumeKmsKeyId?: Input<string>;
    };
}

const LINES = { none: "None", line: "Line" } as const;
const STRATEGIES = { "single-record": "SingleRecord", "multi-record": "MultiRecord" } as const;

/** Whether a key encrypts the volumes of a job's instances: those with disks of their own take none. */
export const encryptsJobVolumes = (settings: TransformSettings): boolean =>
    !hasLocalStorage(completeTransform(settings).instanceType);

/**
 * The job that the settings describe.
 * @param key ARN of the key that encrypts results, and volumes
 */
export function planTransformJob(
    settings: TransformSettings,
    modelName: Input<string>,
    key?: Input<string>,
): TransformJob {
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
            ...(key !== undefined && { KmsKeyId: key }),
        },
        TransformResources: {
            InstanceType: complete.instanceType,
            InstanceCount: complete.instanceCount,
            ...(key !== undefined && encryptsJobVolumes(settings) && { VolumeKmsKeyId: key }),
        },
    };
}
