import { z } from "zod";
import { ENVIRONMENT_KEY_PATTERN, LIMITS } from "../plans/limits.ts";
import { startup } from "./endpoint.ts";
import { choice, list, mapping, matching, name, object, oneOf, optional, path, text } from "./fields.ts";
import { triton } from "./triton.ts";

const digest = matching(/^sha256:[0-9a-f]{64}$/, "sha256: and 64 hexadecimal digits");

const local = optional(
    object({ folder: path("a container folder, such as containers/xgboost").describe("Container folder.") }),
    "What the local host runs in its place.",
);

/** Where a step's container comes from. */
export const SOURCES = ["build", "prebuilt", "uri", "mirror", "modelPackage"] as const;

const source = oneOf(
    [
        object({
            build: object({
                folder: path("a container folder, such as containers/digits").describe(
                    "Container folder with a Dockerfile.",
                ),
                args: optional(mapping("Dockerfile arguments"), "Values for the Dockerfile's ARGs; no secrets."),
            }),
        }),
        object({
            prebuilt: object({
                name: text("the repository of one of AWS's images, such as sagemaker-xgboost").describe(
                    "AWS's repository.",
                ),
                version: text("the image's tag, such as 1.7-1").describe("Tag of the image."),
                digest: optional(digest, "Digest to use in the tag's place."),
            }),
            local,
        }),
        object({
            uri: matching(
                /^\d{12}\.dkr\.ecr(-fips)?\.[a-z0-9-]+\.amazonaws\.com(\.cn)?\/[a-z0-9._/-]+(:[\w.-]+)?(@sha256:[0-9a-f]{64})?$/,
                "an ECR image, such as 123456789012.dkr.ecr.us-east-1.amazonaws.com/name@sha256:…; use mirror for other registries",
            ).describe("Image in ECR, by digest or tag."),
        }),
        object({
            mirror: text("an image as docker pull takes it, such as nvcr.io/nvidia/tritonserver:25.09-py3").describe(
                "Third-party image to copy into ECR.",
            ),
            local,
        }),
        object({
            modelPackage: matching(
                /^arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:\d{12}:model-package\/.+$/,
                "the ARN of a model package",
            ).describe("ARN of a version of a model package."),
        }),
    ],
    SOURCES,
);

const artifact = oneOf(
    [
        object({
            path: path("a directory, a file or a .tar.gz").describe("Model data on this machine."),
            compression: optional(
                choice(["gzip", "none"]),
                "gzip: one model.tar.gz; none: the files as they are. Default gzip.",
            ),
        }),
        object({
            models: path("a folder of models").describe(
                "Folder of models for multiModel: each .tar.gz, and each directory that holds files, is one.",
            ),
        }),
        object({
            uri: matching(/^s3:\/\/[a-z0-9.-]{3,63}\/.+$/, "s3://bucket/key").describe("Model data in S3."),
            compression: optional(choice(["gzip", "none"]), "none: uri is a prefix ending in /. Default gzip."),
        }),
    ],
    ["path", "models", "uri"],
);

const mediaType = (example: string) => matching(/^[\w.+-]+\/[\w.+-]+$/, `a media type, such as ${example}`);

const arns = (service: string) =>
    z.array(matching(new RegExp(`^arn:aws[a-z-]*:${service}:.+$`), `an ARN, arn:aws:${service}:…`), {
        error: "a list of ARNs",
    });

const access = object({
    repositories: optional(arns("ecr"), "ARNs of ECR repositories."),
    objects: optional(arns("s3"), "ARNs of S3 objects, or of prefix/*."),
});

const secretArn = matching(
    /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}$/,
    "the whole ARN of a secret, arn:aws:secretsmanager:…:secret:NAME-1a2B3c",
);

const secrets = z.record(
    z.string(),
    object({
        arn: secretArn.describe("Of the secret, with the six characters that Secrets Manager adds to its name."),
        key: optional(
            matching(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, "the ARN of a key, arn:aws:kms:…:key/…"),
            "Key that encrypts it. Default: Secrets Manager's own.",
        ),
    }),
    { error: "a mapping of variables to secrets, each with arn" },
);

const described = object({
    name: name().describe("Unique in the model; becomes the container's hostname."),
    formerName: optional(name(), "Its name before, in stacks that are there: repository and images are kept."),
    image: optional(source, "Where the container comes from. Default: it comes with modelPackage."),
    artifact: optional(artifact, "What the container finds in /opt/ml/model."),
    environment: optional(
        mapping(`up to ${LIMITS.environmentEntries} variables, keys like ${ENVIRONMENT_KEY_PATTERN.source}`),
        "Environment of the container; no secrets.",
    ),
    secrets: optional(secrets, "Secrets that the container reads by itself; a variable tells it the ARN of each."),
    server: optional(
        choice(["step-server", "multi-model-server", "triton-server"]),
        "What serves a built image; triton-server for any image of Triton. Default step-server, and triton-server with triton.",
    ),
    triton: optional(
        triton,
        "The container is Triton: the ensemble it runs, and the models in it, each with a folder in artifact.path.",
    ),
    contentTypes: optional(
        list(mediaType("text/csv"), { min: 1, max: 20 }, "media types"),
        "What the container takes. Default: AWS's, for an image of AWS that is known.",
    ),
    responseType: optional(mediaType("text/csv"), "What it answers without Accept. Default: the container's own."),
    multiModel: optional(
        object({ cache: optional(choice(["enabled", "disabled"]), "Whether models stay loaded. Default enabled.") }),
        "The container holds the models of artifact.models or below artifact.uri, of which each request names one.",
    ),
    ...startup,
    access: optional(access, "What else the execution role may read for this step."),
    architecture: optional(choice(["amd64", "arm64"]), "Of a built or mirrored image. Default amd64."),
});

/** One container of the model. */
export const step = described.transform(({ image = { packaged: true as const }, ...said }) => ({ image, ...said }));
