import * as aws from "@pulumi/aws";
import * as docker from "@pulumi/docker";
import * as dockerBuild from "@pulumi/docker-build";
import * as pulumi from "@pulumi/pulumi";
import { buildProblems } from "../images/build-problems.ts";
import { hashBuildContext } from "../images/hash-build-context.ts";
import type { Architecture, BuildSource, ImageSource, MirrorSource, PrebuiltSource } from "../plans/image-source.ts";
import { ecrRepository, mirrorTag, planBuild, uriDigest } from "../plans/image.ts";
import { refuse } from "../plans/plan-error.ts";
import type { Server } from "../plans/step.ts";
import { ImageRepository, type ImageRepositoryArgs } from "./image-repository.ts";

export interface ContainerImageArgs extends ImageRepositoryArgs {
    readonly source: ImageSource;
    /** For an image that is built or mirrored. @default "amd64" */
    readonly architecture?: Architecture;
    /** Build target of the Dockerfile, for an image that is built. @default "step-server" */
    readonly server?: Server;
}

/** Where an image is, and in what repository. */
interface Located {
    readonly uri: pulumi.Output<string>;
    readonly repositoryArn: pulumi.Output<string>;
}

/** An image that SageMaker can pull: built, mirrored into ECR, or there already. */
export class ContainerImage extends pulumi.ComponentResource {
    /** URI by digest; a prebuilt image that names no digest has its tag. */
    readonly uri: pulumi.Output<string>;
    /** The ECR repository that the execution role must be able to pull from. */
    readonly repositoryArn: pulumi.Output<string>;

    /** @throws {PlanError} where the container folder or its Dockerfile is missing */
    constructor(name: string, args: ContainerImageArgs, opts?: pulumi.ComponentResourceOptions) {
        refuse(`image "${name}"`, buildProblems(args.source));
        super("serial-inference:index:ContainerImage", name, args, opts);

        const located = this.locate(name, args);
        this.uri = located.uri;
        this.repositoryArn = located.repositoryArn;
        this.registerOutputs({ uri: this.uri, repositoryArn: this.repositoryArn });
    }

    private locate(name: string, args: ContainerImageArgs): Located {
        const { source } = args;
        if ("build" in source) return this.build(name, source, args);
        if ("mirror" in source) return this.mirror(name, source, args);
        if ("prebuilt" in source) return this.prebuilt(source);
        return this.existing(source.uri);
    }

    /** Docker v2 media types, one platform, no attestations: CreateModel refuses OCI manifests and indexes. */
    private build(name: string, source: BuildSource, args: ContainerImageArgs): Located {
        const child = { parent: this };
        const repository = new ImageRepository(name, args, child);
        const plan = planBuild(source, args.server, args.architecture);
        const image = new dockerBuild.Image(
            name,
            {
                ...plan,
                // repositories are immutable, so each content has a tag of its own; nothing refers to it
                tags: [pulumi.interpolate`${repository.url}:${hashBuildContext(plan)}`],
                exports: [{ registry: { ociMediaTypes: false } }],
                push: false, // the export above pushes; push: true would add a second one, with OCI media types
                registries: [repository.login],
            },
            child,
        );
        return { uri: pulumi.interpolate`${repository.url}@${image.digest}`, repositoryArn: repository.arn };
    }

    private mirror(name: string, { mirror }: MirrorSource, args: ContainerImageArgs): Located {
        const child = { parent: this };
        const repository = new ImageRepository(name, args, child);
        const platform = `linux/${args.architecture ?? "amd64"}`;
        const pulled = new docker.RemoteImage(name, { name: mirror, platform, keepLocally: true }, child);
        const tagged = new docker.Tag(
            name,
            {
                sourceImage: pulled.imageId,
                targetImage: pulumi.interpolate`${repository.url}:${mirrorTag(mirror, platform)}`,
            },
            child,
        );
        const registry = new docker.Provider(name, { registryAuth: [repository.login] }, child);
        const pushed = new docker.RegistryImage(
            name,
            { name: tagged.targetImage, keepRemotely: true, triggers: { image: pulled.imageId } },
            { ...child, provider: registry },
        );
        return { uri: pulumi.interpolate`${repository.url}@${pushed.sha256Digest}`, repositoryArn: repository.arn };
    }

    private prebuilt({ prebuilt }: PrebuiltSource): Located {
        const image = aws.sagemaker.getPrebuiltEcrImageOutput(
            { repositoryName: prebuilt.name, imageTag: prebuilt.version },
            { parent: this },
        );
        const uri = image.registryPath.apply((path) =>
            prebuilt.digest === undefined ? path : uriDigest(path, prebuilt.digest),
        );
        return { uri, repositoryArn: this.arnOf(uri) };
    }

    private existing(source: pulumi.Input<string>): Located {
        const uri = pulumi.output(source).apply((given) => {
            if (given.includes("@")) return pulumi.output(given);
            const { registryId, repositoryName, tag } = ecrRepository(given);
            const image = aws.ecr.getImageOutput({ registryId, repositoryName, imageTag: tag }, { parent: this });
            return image.imageDigest.apply((digest) => uriDigest(given, digest));
        });
        return { uri, repositoryArn: this.arnOf(uri) };
    }

    private arnOf(uri: pulumi.Output<string>): pulumi.Output<string> {
        const { partition } = aws.getPartitionOutput({}, { parent: this });
        return pulumi.all([uri, partition]).apply(([given, inPartition]) => {
            const { registryId, region, repositoryName } = ecrRepository(given);
            return `arn:${inPartition}:ecr:${region}:${registryId}:repository/${repositoryName}`;
        });
    }
}
