import type { Input } from "@pulumi/pulumi";

/** Processor architecture of an image; SageMaker's Graviton instance types (`ml.c7g`, `ml.m7g`, …) want `arm64`. */
export type Architecture = "amd64" | "arm64";

/** An image built from a container folder and pushed to a repository of its own. */
export interface BuildSource {
    readonly build: {
        /** The container folder, with its Dockerfile. The build context is the folder's parent, so that folders can share code. */
        readonly folder: string;
        /** Values for the Dockerfile's `ARG`s. Not for secrets: they stay readable in the image. @default - none */
        readonly args?: Readonly<Record<string, string>>;
    };
}

/** One of AWS's own images, found by `aws.sagemaker.getPrebuiltEcrImage`. */
export interface PrebuiltSource {
    readonly prebuilt: {
        /** Repository, such as `sagemaker-xgboost`. */
        readonly name: string;
        /** Tag, such as `1.7-1`. */
        readonly version: string;
        /**
         * Digest to use in the tag's place, since AWS moves tags when it patches an image and gives other accounts no
         * right to look a digest up.
         * @default - by tag
         */
        readonly digest?: string;
    };
    /**
     * What the local host runs in its place: a container folder with the same contract, since AWS's images can be pulled with AWS
     * credentials alone. It changes nothing of what is deployed.
     * @default - none: the local host needs --docker and a login to AWS's registry
     */
    readonly local?: { readonly folder: string };
}

/** An image in an ECR repository of this or another account. */
export interface UriSource {
    /** URI with `@sha256:…`; one with a tag is resolved to its digest when the program runs. */
    readonly uri: Input<string>;
}

/** A third-party image, copied into a repository of its own, since SageMaker pulls from ECR alone. */
export interface MirrorSource {
    /** Reference as `docker pull` takes it, best with a digest. */
    readonly mirror: string;
    /**
     * What the local host runs in its place, as with a {@link PrebuiltSource}.
     * @default - none: the local host needs --docker
     */
    readonly local?: { readonly folder: string };
}

/** A model package, which brings image, artifact and environment. */
export interface ModelPackageSource {
    /** ARN of a version of a model package. */
    readonly modelPackage: Input<string>;
}

/** The container comes with the model package that the stack deploys as a whole. */
export interface PackagedSource {
    readonly packaged: true;
}

/** Where a step's container comes from. */
export type StepSource = BuildSource | PrebuiltSource | UriSource | MirrorSource | ModelPackageSource | PackagedSource;

/** Where an image comes from: every {@link StepSource} but model packages, which bring their own. */
export type ImageSource = Exclude<StepSource, ModelPackageSource | PackagedSource>;
