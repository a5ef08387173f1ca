import type { Input } from "@pulumi/pulumi";
import { artifactProblems } from "./artifact-problems.ts";
import type { Architecture, StepSource } from "./image-source.ts";
import { DEFAULT_ACCEPT } from "./media-types.ts";
import { ENVIRONMENT_KEY_PATTERN, LIMITS, NAME_PATTERN } from "./limits.ts";
import { plainSecretProblems } from "./secret-looking.ts";
import { secretEnvironment, secretProblems, type StepSecret } from "./step-secrets.ts";
import type { Ensemble } from "./triton/ensemble.ts";
import { tritonEnvironment, tritonStepProblems } from "./triton/triton-step.ts";

/** `gzip`: one `model.tar.gz`. `none`: the files as they are, under one prefix; there is no archive to unpack at the start. */
export type Compression = "gzip" | "none";

/** Model data on this machine, packed and uploaded by content. */
export interface LocalArtifact {
    /** A directory, a file, or a `.tar.gz` that is taken as it is. */
    readonly path: string;
    /** @default "gzip" */
    readonly compression?: Compression;
}

/** A folder of models on this machine for a multi-model step: each is packed and uploaded under the key that TargetModel names. */
export interface ModelsArtifact {
    /**
     * A directory. In it a `.tar.gz` is a model, taken as it is; a directory that holds files is one too, `NAME` → `NAME.tar.gz`; a
     * directory of models is part of their keys.
     */
    readonly models: string;
}

/** Model data that is in S3 already. */
export interface RemoteArtifact {
    /** `s3://bucket/key.tar.gz`; a prefix that ends in `/` for files that are not compressed, or for the models of a multi-model step. */
    readonly uri: Input<string>;
    /** `none`: the files as they are. @default "gzip" */
    readonly compression?: Compression;
}

/** What a step reads beyond its own image and artifact. */
export interface Access {
    /** ARNs of ECR repositories. @default - none */
    readonly repositories?: readonly string[];
    /** ARNs of S3 objects, or of `prefix/*`. @default - none */
    readonly objects?: readonly string[];
}

/** How a container holds many models. */
export interface MultiModel {
    /** Whether models stay in memory and on disk after a request. @default "enabled" */
    readonly cache?: "enabled" | "disabled";
}

export type ArtifactSource = LocalArtifact | ModelsArtifact | RemoteArtifact;

/** What answers /ping and /invocations in the container; for an image built from a container folder also the Dockerfile's build target. */
export type Server = "step-server" | "multi-model-server" | "triton-server";

/** One container of a model, in the order requests flow. */
export interface Step {
    /** Unique in the model; becomes the container's hostname. */
    readonly name: string;
    /** Its name before, while stacks are there that know it by that: its repository and its images are kept. @default - none */
    readonly formerName?: string;
    readonly image: StepSource;
    /** What the container finds in `/opt/ml/model`. @default - nothing: the image needs no model data */
    readonly artifact?: ArtifactSource;
    /** Environment of the container. Not for secrets: whoever may describe the model reads it. @default - none */
    readonly environment?: Readonly<Record<string, string>>;
    /** Secrets that the container reads by itself: variable that tells it the ARN → secret. @default - none */
    readonly secrets?: Readonly<Record<string, StepSecret>>;
    /** For `build` images; `triton-server` for other images of Triton as well. @default "step-server"; "triton-server" with `triton` */
    readonly server?: Server;
    /**
     * The container is NVIDIA Triton, and runs this ensemble: the folder `artifact.path` has a folder for each of its models, with
     * numbered versions, and each `config.pbtxt` is generated. @default - none
     */
    readonly triton?: Ensemble;
    /** For `build` and `mirror` images. @default "amd64" */
    readonly architecture?: Architecture;
    /** Media types of requests that the container takes; checked against the step before. @default - AWS's, for a known image */
    readonly contentTypes?: readonly string[];
    /**
     * Media type that the container answers where the request has no Accept, as in every step of a pipeline but the last; handed to it
     * as SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT. @default - the container's own
     */
    readonly responseType?: string;
    /**
     * The container holds many models, of which a request names one by TargetModel; they are those of `artifact.models`, or lie below the
     * prefix `artifact.uri`.
     * @default - one model
     */
    readonly multiModel?: MultiModel;
    /** Seconds until the container must answer /ping, 60–3600; the endpoint gives all containers the most that one needs. @default - SageMaker's, 480 */
    readonly startupTimeoutSeconds?: number;
    /** Seconds for the download of the model data, 60–3600, likewise. @default - SageMaker's */
    readonly downloadTimeoutSeconds?: number;
    /** What else the execution role may read for this step; a model package says nothing of it. @default - nothing */
    readonly access?: Access;
}

/** The steps whose container holds many models. */
export const multiModelSteps = (steps: readonly Step[]): readonly Step[] =>
    steps.filter(({ multiModel }) => multiModel !== undefined);

/** What serves the step; undefined: the image's own choice. */
export const stepServer = ({ server, triton }: Step): Server | undefined =>
    triton === undefined ? server : "triton-server";

/** The environment that the step's container gets. */
export const stepEnvironment = ({
    environment,
    secrets,
    responseType,
    triton,
}: Step): Readonly<Record<string, string>> => ({
    ...(responseType === undefined ? {} : { [DEFAULT_ACCEPT]: responseType }),
    ...(triton === undefined ? {} : tritonEnvironment(triton)),
    ...secretEnvironment(secrets),
    ...environment,
});

const bytes = (text: string): number => Buffer.byteLength(text, "utf8");

function environmentProblems(step: Step): string[] {
    const { name } = step;
    const entries = Object.entries(stepEnvironment(step));
    const problems: string[] = [];
    if (entries.length > LIMITS.environmentEntries) {
        problems.push(`step "${name}": ${entries.length} environment entries; at most ${LIMITS.environmentEntries}`);
    }
    for (const [key, value] of entries) {
        if (!ENVIRONMENT_KEY_PATTERN.test(key)) {
            problems.push(
                `step "${name}": environment key "${key}" is not made of letters, digits and _, a digit not first`,
            );
        }
        for (const [what, text] of [["key", key] as const, ["value of", value] as const]) {
            if (bytes(text) > LIMITS.environmentBytes) {
                const size = `${bytes(text)} bytes; at most ${LIMITS.environmentBytes}`;
                problems.push(`step "${name}": environment ${what} "${key.slice(0, 40)}" has ${size}`);
            }
        }
    }
    return problems;
}

function sourceProblems({ name, image, artifact, server, architecture, access }: Step): string[] {
    const problems: string[] = [];
    if ("modelPackage" in image && access?.repositories === undefined) {
        const wanted =
            'name the ECR repository of its image under "access.repositories", and its artifact under "access.objects"';
        problems.push(`step "${name}": a model package does not say what it reads; ${wanted}`);
    }
    if ("modelPackage" in image && artifact !== undefined) {
        problems.push(`step "${name}": a model package brings its own artifact; leave out "artifact"`);
    }
    if (server !== undefined && server !== "triton-server" && !("build" in image)) {
        problems.push(
            `step "${name}": "server" ${server} is for images that are built from a container folder; leave it out`,
        );
    }
    if (architecture !== undefined && !("build" in image || "mirror" in image)) {
        problems.push(`step "${name}": "architecture" is for images that are built or mirrored; leave it out`);
    }
    return problems;
}

/** Every rule the steps of one model break, whatever their number, by what they say alone; empty when they can stand in a model. */
export function stepProblems(steps: readonly Step[]): string[] {
    const problems = steps.flatMap((step) => [
        ...(NAME_PATTERN.test(step.name)
            ? []
            : [
                  `step name "${step.name}" is no hostname: up to ${LIMITS.nameLength} letters, digits and inner hyphens`,
              ]),
        ...sourceProblems(step),
        ...artifactProblems(step),
        ...tritonStepProblems(step),
        ...environmentProblems(step),
        ...plainSecretProblems(step.name, "environment", step.environment),
        ...("build" in step.image ? plainSecretProblems(step.name, "image.build.args", step.image.build.args) : []),
        ...secretProblems(step),
    ]);
    const multiModel = multiModelSteps(steps).map(({ name }) => `"${name}"`);
    if (multiModel.length > 1) {
        problems.push(`steps ${multiModel.join(", ")} are multi-model; a model has one such container at most`);
    }
    for (const name of new Set(steps.map((step) => step.name))) {
        const uses = steps.filter((step) => step.name === name).length;
        if (uses > 1) problems.push(`step name "${name}" is used ${uses} times; names are unique in a model`);
    }
    for (const { name, formerName } of steps) {
        if (formerName === undefined) continue;
        const others = steps.filter((other) => other.name !== name);
        if (others.some((other) => other.name === formerName || other.formerName === formerName))
            problems.push(`step "${name}": formerName "${formerName}" is that of another step, too`);
    }
    const total = steps
        .flatMap((step) => Object.entries(stepEnvironment(step)))
        .reduce((sum, [key, value]) => sum + bytes(key) + bytes(value), 0);
    if (total > LIMITS.environmentTotalBytes) {
        problems.push(
            `the environment of all steps has ${total} bytes; at most ${LIMITS.environmentTotalBytes} over all containers`,
        );
    }
    return problems;
}
