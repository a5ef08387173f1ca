import { z } from "zod";
import { LIMITS } from "../plans/limits.ts";
import { MODEL_PACKAGE_ARN, MODEL_PACKAGE_GROUP_ARN } from "../plans/registry/arn.ts";
import { choice, list, matching, name, object, oneOf, optional, path } from "./fields.ts";

const mediaTypes = list(
    matching(/^[\w.+-]+\/[\w.+-]+$/, "a media type, such as text/csv"),
    { min: 1, max: 20 },
    "media types",
);

const accounts = list(
    matching(/^\d{12}$/, "the id of an account, 12 digits in quotes"),
    { min: 1, max: 50 },
    "account ids",
);

const descriptionAccepted = `text of up to ${LIMITS.packageDescriptionLength} characters`;
const metadataAccepted = `a mapping of up to ${LIMITS.packageMetadata.entries} names to text of up to ${LIMITS.packageMetadata.valueLength} characters`;

/** How the model is registered. */
export const registry = object({
    group: optional(name(), "Name of the model package group. Default: the project's and the stack's name."),
    description: optional(
        z
            .string({ error: descriptionAccepted })
            .min(1, descriptionAccepted)
            .max(LIMITS.packageDescriptionLength, descriptionAccepted),
        "What a version is, for who approves it.",
    ),
    approval: optional(choice(["pending", "approved"]), "What a new version begins with. Default pending."),
    metadata: optional(
        z
            .record(
                z.string().max(LIMITS.packageMetadata.keyLength, metadataAccepted),
                z
                    .string({ error: "text; put numbers and true or false in quotes" })
                    .max(LIMITS.packageMetadata.valueLength, metadataAccepted),
                { error: metadataAccepted },
            )
            .refine((entries) => Object.keys(entries).length <= LIMITS.packageMetadata.entries, metadataAccepted),
        "Names and text that a version carries, such as a commit.",
    ),
    metrics: optional(
        oneOf(
            [
                object({
                    path: path("a JSON file").describe(
                        "File of this machine; npm run evaluate -- --output writes one.",
                    ),
                }),
                object({ uri: matching(/^s3:\/\/[a-z0-9.-]{3,63}\/.+$/, "s3://bucket/key").describe("JSON in S3.") }),
            ],
            ["path", "uri"],
        ),
        "Figures of the model's quality.",
    ),
    contentTypes: optional(mediaTypes, "What the first container takes. Default: contentTypes of the first step."),
    responseTypes: optional(mediaTypes, "What the last container answers. Default: responseType of the last step."),
    instanceTypes: optional(
        list(
            matching(/^ml\.[a-z0-9-]+\.[a-z0-9]+$/, "an instance type, such as ml.m5.large"),
            { min: 1, max: 50 },
            "instance types",
        ),
        "What a version may run on. Default: the instance types of the endpoint and of transform.",
    ),
    accounts: optional(accounts, "Other accounts that may deploy the versions."),
});

const trust = {
    trustedAccounts: optional(accounts, "Other accounts whose packages may be deployed."),
    keys: optional(
        list(
            matching(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[a-f0-9-]+$/, "the ARN of a KMS key; no alias"),
            { min: 1, max: 20 },
            "ARNs of KMS keys",
        ),
        "What the artifacts are encrypted with.",
    ),
};

const versionAccepted = "the number of a version; or latest-approved";

/** What is deployed of a registry. */
export const modelPackage = oneOf(
    [
        object({
            group: z
                .string({ error: "the name of a model package group, or its ARN" })
                .refine(
                    (value) => MODEL_PACKAGE_GROUP_ARN.test(value) || name().safeParse(value).success,
                    "the name of a model package group, or its ARN",
                )
                .describe("Name of the group; its ARN where another account has it."),
            version: optional(
                z.union([z.literal("latest-approved"), z.int().min(1, versionAccepted)], { error: versionAccepted }),
                "Default latest-approved.",
            ),
            ...trust,
        }),
        object({
            arn: matching(MODEL_PACKAGE_ARN, "the ARN of a model package").describe("ARN of a version."),
            ...trust,
        }),
    ],
    ["group", "arn"],
);
