import { INFERENCE_AMI_VERSIONS } from "../plans/inference-ami.ts";
import { deployment } from "./deployment.ts";
import { LIMITS } from "../plans/limits.ts";
import { asyncInference } from "./async.ts";
import { dataCapture } from "./data-capture.ts";
import { choice, list, matching, name, object, optional, targetModel, whole } from "./fields.ts";
import { scaling } from "./scaling.ts";
import { serverless } from "./serverless.ts";
import { z } from "zod";

/** How long containers may take; of a step, what it needs of its endpoint. */
export const startup = {
    startupTimeoutSeconds: optional(
        whole(LIMITS.hostingTimeoutSeconds, "seconds"),
        "How long a container may take until it answers /ping. Default: SageMaker's, 8 minutes.",
    ),
    downloadTimeoutSeconds: optional(
        whole(LIMITS.hostingTimeoutSeconds, "seconds"),
        "How long the download of the model data may take. Default: SageMaker's.",
    ),
};

const hosting = {
    instanceType: optional(
        matching(/^ml\.[a-z0-9-]+\.[a-z0-9]+$/, "an instance type for hosting, such as ml.m5.large"),
        "Instance type. Default ml.m5.large.",
    ),
    instanceCount: optional(
        whole(LIMITS.instances, "instances"),
        "Instances at the start. Default 1, or scaling's min.",
    ),
    scaling: optional(scaling, "How the number of instances follows the load. Default: none."),
    volumeGiB: optional(
        whole(LIMITS.volumeGiB, "GiB"),
        "Storage of each instance. Default: SageMaker's for the instance type.",
    ),
    inferenceAmiVersion: optional(
        choice(INFERENCE_AMI_VERSIONS),
        "Image of instances with GPUs, which decides on NVIDIA's driver. Default: SageMaker's.",
    ),
    ...startup,
};

const weightAccepted =
    "a number that is not negative; best a whole one, since SageMaker keeps 0.9 as 0.8999999761581421";

const variant = object({
    name: name().describe("Unique in the endpoint."),
    weight: optional(
        z.number({ error: weightAccepted }).min(0, weightAccepted),
        "Relative share of the traffic. Default 1.",
    ),
    ...hosting,
});

/** A variant that gets copies of requests. */
const shadow = object({
    name: name().describe("Unlike the production variant's."),
    samplingPercent: optional(
        whole({ min: 1, max: 100 }, "percent"),
        "Percent of the production variant's requests that are copied. Default 100.",
    ),
    modelName: optional(
        name(),
        "Name of the SageMaker model that it serves, which is there already. Default: the endpoint's own.",
    ),
    ...hosting,
});

/** Who is to invoke the endpoint. */
const caller = object({
    name: name().describe("Unique in the endpoint; the policy is found under it."),
    targetModels: optional(
        list(targetModel, { min: 1, max: 100 }, "keys of models, in which * stands for any text"),
        "The models they may name as TargetModel. Default: all.",
    ),
});

/** The endpoint, and what its variants have in common. */
const endpoint = object({
    name: optional(name(), "Name of the endpoint. Default: the project's and the stack's name."),
    ...hosting,
    variants: optional(
        list(variant, LIMITS.variants, "variants"),
        "Production variants; each may have its own form of the settings above. Default: one, named main.",
    ),
    async: optional(asyncInference, "Requests wait in a queue, results go to S3. Default: answered at once."),
    serverless: optional(serverless, "In place of instances, for a single container. Default: instances."),
    shadow: optional(
        shadow,
        "A variant that gets copies of requests, beside a single one in production. Default: none.",
    ),
    deployment: optional(deployment, "How it moves to a new configuration. Default: all at once, without rollback."),
    callers: optional(
        list(caller, { min: 1, max: 100 }, "callers"),
        "Who is to invoke the endpoint: output callerPolicies has an IAM policy for each, attached to nobody.",
    ),
    dataCapture: optional(dataCapture, "What is recorded of requests and answers, in S3. Default: nothing."),
});

export const endpointOrNone = z.union([endpoint, z.literal("none")], {
    error: `${Object.keys(endpoint.shape).join(", ")}; or none`,
});
