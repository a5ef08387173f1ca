import * as pulumi from "@pulumi/pulumi";
import type { LocatedContainer } from "../plans/container.ts";
import type { ModelReads } from "../plans/iam/execution-role.ts";
import type { ModelData } from "../plans/model-data.ts";
import type { ModelSizes } from "../plans/model-sizing.ts";
import { type RemoteArtifact, type Step, stepEnvironment, stepServer } from "../plans/step.ts";
import { tritonAdvice } from "../plans/triton/advice.ts";
import { repositoryFiles } from "../plans/triton/repository.ts";
import type { ArtifactBucket } from "./artifact-bucket.ts";
import { ContainerImage } from "./container-image.ts";
import type { ImageRepositoryArgs } from "./image-repository.ts";
import { ModelArtifact } from "./model-artifact.ts";
import { ModelPrefix } from "./model-prefix.ts";
import { existingPrefix } from "./s3-prefix.ts";

export interface StepContainerArgs {
    readonly step: Step;
    /** Where a local artifact goes; needed only for one. */
    readonly bucket: ArtifactBucket | undefined;
    /** Whether SageMaker itself pulls the image: it does where a model mixes it with AWS's own. */
    readonly pulledBySageMaker: boolean;
    /** How a repository of its own is kept beyond that. @default - as any */
    readonly repository?: Pick<ImageRepositoryArgs, "keepImages" | "readers"> | undefined;
    /** ARN of the KMS key that encrypts images. @default - ECR's own key in the account */
    readonly keyArn?: pulumi.Input<string> | undefined;
}

interface LocatedData extends Pick<ModelReads, "objects" | "prefixes"> {
    readonly modelData: ModelData | undefined;
    readonly sizes?: pulumi.Output<ModelSizes>;
}

/** Models of this machine that one container holds. */
export interface ManyModels {
    readonly step: Step;
    readonly sizes: pulumi.Output<ModelSizes>;
}

/** One step of a model: its image and its artifact, made ready for SageMaker. */
export class StepContainer extends pulumi.ComponentResource {
    readonly container: LocatedContainer;
    readonly access: ModelReads;
    /** The models that the container holds, where they are of this machine. @default - none */
    readonly models?: ManyModels;

    constructor(
        name: string,
        { step, bucket, pulledBySageMaker, repository, keyArn }: StepContainerArgs,
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("serial-inference:index:StepContainer", name, { step: step.name }, opts);

        for (const advice of step.triton === undefined ? [] : tritonAdvice(step.triton)) {
            void pulumi.log.warn(`triton: ${advice}`, this);
        }
        const { source, repositories } = this.locateImage(name, step, { pulledBySageMaker, keyArn, ...repository });
        const { modelData, objects, prefixes, sizes } = this.locateArtifact(name, step, bucket);
        if (sizes !== undefined) this.models = { step, sizes };
        this.container = {
            hostname: step.name,
            source,
            modelData,
            multiModel: step.multiModel,
            environment: stepEnvironment(step),
        };
        this.access = {
            repositories: [...repositories, ...(step.access?.repositories ?? [])],
            objects: [...objects, ...(step.access?.objects ?? [])],
            prefixes,
        };
        this.registerOutputs({});
    }

    private locateImage(name: string, step: Step, repository: ImageRepositoryArgs) {
        const { image, architecture } = step;
        const server = stepServer(step);
        if ("modelPackage" in image) return { source: image, repositories: [] };
        if ("packaged" in image) throw new RangeError(`step "${step.name}" has no image of its own`);
        const built = new ContainerImage(
            name,
            { source: image, ...repository, ...(server && { server }), ...(architecture && { architecture }) },
            { parent: this },
        );
        return { source: { image: built.uri }, repositories: [built.repositoryArn] };
    }

    private locateArtifact(name: string, step: Step, bucket: ArtifactBucket | undefined): LocatedData {
        const { artifact, multiModel } = step;
        if (artifact === undefined) return { modelData: undefined, objects: [], prefixes: [] };
        if ("uri" in artifact) return this.dataInS3(artifact, multiModel !== undefined);
        if (bucket === undefined)
            throw new RangeError(`step container "${name}" has a local artifact and no bucket for it`);
        if ("models" in artifact) {
            const { uri, keys, sizes } = new ModelPrefix(
                name,
                { ...artifact, step: step.name, bucket },
                { parent: this },
            );
            const objects = [pulumi.interpolate`${bucket.arn}/${keys}`];
            return { modelData: { uri, compressed: true }, objects, prefixes: [{ bucket: bucket.arn, keys }], sizes };
        }
        const generated = step.triton && { generated: repositoryFiles(step.triton) };
        const { uri, keys, compressed } = new ModelArtifact(
            name,
            { ...artifact, ...generated, bucket },
            { parent: this },
        );
        const objects = [pulumi.interpolate`${bucket.arn}/${keys}`];
        return { modelData: { uri, compressed }, objects, prefixes: compressed ? [] : [{ bucket: bucket.arn, keys }] };
    }

    private dataInS3({ uri, compression }: RemoteArtifact, isPrefixOfArchives: boolean): LocatedData {
        const compressed = (compression ?? "gzip") === "gzip";
        const isPrefix = isPrefixOfArchives || !compressed;
        const { bucketArn, key } = existingPrefix(uri, { parent: this });
        return {
            modelData: { uri, compressed },
            objects: [pulumi.interpolate`${bucketArn}/${key}${isPrefix ? "*" : ""}`],
            prefixes: isPrefix ? [{ bucket: bucketArn, keys: pulumi.interpolate`${key}*` }] : [],
        };
    }
}
