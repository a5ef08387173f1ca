import * as pulumi from "@pulumi/pulumi";
import { limiter } from "../artifacts/limiter.ts";
import { type ModelSource, scanModels } from "../artifacts/models-folder.ts";
import { packTree } from "../artifacts/pack-tree.ts";
import { scanTree } from "../artifacts/scan-tree.ts";
import { modelsPrefix } from "../plans/artifact.ts";
import { addUpSizes, type ModelSize, type ModelSizes } from "../plans/model-sizing.ts";
import { refuse } from "../plans/plan-error.ts";
import type { ModelsArtifact } from "../plans/step.ts";
import type { ArtifactBucket } from "./artifact-bucket.ts";
import { cacheFolder } from "./model-artifact.ts";
import { ModelObject } from "./model-object.ts";
import { modelsProblems } from "./models-problems.ts";

export interface ModelPrefixArgs extends ModelsArtifact {
    /** Name of the step that holds the models; the prefix is named after it. */
    readonly step: string;
    readonly bucket: ArtifactBucket;
}

/** Models that are packed and uploaded at a time. */
const CONCURRENCY = 32;

/**
 * Models from this machine in S3, one object each, below a prefix that stays: adding, changing or removing a model is an upload or a
 * deletion, and the model that SageMaker knows, whose container reads the prefix, is the same as before.
 */
export class ModelPrefix extends pulumi.ComponentResource {
    /** `s3://bucket/models/STEP/`; known once the objects are there, since an endpoint that comes up may be asked for any of them. */
    readonly uri: pulumi.Output<string>;
    /** Keys below the prefix, with a `*` at the end. */
    readonly keys: string;
    /** What the models take. */
    readonly sizes: pulumi.Output<ModelSizes>;

    /** @throws {PlanError} with every problem of the folder and of the models in it, where they show without reading an archive */
    constructor(
        name: string,
        { models: folder, step, bucket }: ModelPrefixArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        const found = scanModels(folder);
        refuse(`models "${folder}"`, modelsProblems(step, found));
        super("serial-inference:index:ModelPrefix", name, { models: folder }, opts);

        const prefix = modelsPrefix(step);
        const inTurn = limiter(CONCURRENCY);
        const uploads = found.models.map((model) =>
            inTurn(() => this.upload(`${name}-${model.key}`, model, prefix, bucket)),
        );
        // Not by the objects' outputs: the model would then depend on each of them, and its state change with every model that is added.
        const uploaded = pulumi.output(Promise.all(uploads));
        this.uri = pulumi.all([bucket.name, uploaded]).apply(([bucketName]) => `s3://${bucketName}/${prefix}`);
        this.sizes = uploaded.apply(addUpSizes);
        this.keys = `${prefix}*`;
        this.registerOutputs({ uri: this.uri });
    }

    /** Packs a model and uploads it; done when it is in S3, in a preview when that is planned. */
    private async upload(
        name: string,
        { key, path }: ModelSource,
        prefix: string,
        bucket: ArtifactBucket,
    ): Promise<ModelSize> {
        const { file, size, unpackedSize } = await packTree(scanTree(path), { cacheFolder });
        const source = new pulumi.asset.FileAsset(file);
        const object = withoutStackTraces(
            () => new ModelObject(name, { bucket: bucket.name, key: `${prefix}${key}`, source }, { parent: this }),
        );
        await object.registered();
        return { key, size, unpackedSize };
    }
}

/** Pulumi notes a stack trace for each of the 20 promises that a resource is made of, which takes longer than the rest of it. */
function withoutStackTraces<T>(make: () => T): T {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
        return make();
    } finally {
        Error.stackTraceLimit = stackTraceLimit;
    }
}
