import type { Fields } from "../../framework/fields.ts";
import type { Resource } from "../../framework/resource.ts";
import type { StackGraph } from "../../framework/stack-graph.ts";
import { BUCKETS } from "../s3/types.ts";
import { containersOf } from "../sagemaker/containers.ts";
import { ENDPOINT_CONFIGURATION } from "../sagemaker/types.ts";

const bucketIn = (uri: string | undefined): string[] => {
    const [, bucket] = /^s3:\/\/([^/]+)/.exec(uri ?? "") ?? [];
    return bucket === undefined ? [] : [bucket];
};

const s3Uris = (container: Fields): (string | undefined)[] => [
    container.text("modelDataUrl"),
    container.block("modelDataSource")?.blocks("s3DataSources")[0]?.text("s3Uri"),
    ...container
        .blocks("additionalModelDataSources")
        .flatMap((source) => source.blocks("s3DataSources")[0]?.text("s3Uri")),
];

/** The buckets that an endpoint of a model reads and writes, as its own properties say, and those of the stack. */
export const namedBuckets = (stack: StackGraph, models: readonly Resource[]): string[] => [
    ...stack.ofType(...BUCKETS).flatMap(({ properties }) => properties.text("bucket") ?? []),
    ...models
        .flatMap(({ properties }) => containersOf(properties))
        .flatMap(s3Uris)
        .flatMap(bucketIn),
    ...stack
        .ofType(ENDPOINT_CONFIGURATION)
        .flatMap(({ properties: configuration }) => {
            const output = configuration.block("asyncInferenceConfig")?.block("outputConfig");
            return [
                configuration.block("dataCaptureConfig")?.text("destinationS3Uri"),
                output?.text("s3OutputPath"),
                output?.text("s3FailurePath"),
            ];
        })
        .flatMap(bucketIn),
];
