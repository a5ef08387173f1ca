import { z } from "zod";
import { LIMITS } from "../plans/limits.ts";
import { PATTERN_TYPES } from "../plans/pattern-types.ts";
import { PlanError, refuse } from "../plans/plan-error.ts";
import type { Settings } from "../plans/settings.ts";
import { describeIssue } from "./describe-issue.ts";
import { endpointOrNone } from "./endpoint.ts";
import { environment } from "./environment.ts";
import { choice, list, name, object, optional, path, targetModel, text, whole } from "./fields.ts";
import { network } from "./network.ts";
import { observability } from "./observability.ts";
import { modelPackage, registry } from "./registry.ts";
import { step } from "./step.ts";
import { missingImages } from "./step-images.ts";
import { transform } from "./transform.ts";

/** What stands before every key of this program in a stack file. */
export const NAMESPACE = "serial-inference:";

const sample = object({
    body: path("a file").describe("File whose content is sent."),
    contentType: text("a media type, such as application/json").describe("Content-Type of the request."),
    accept: optional(
        text("a media type, such as application/json"),
        "Accept of the request. Default application/json.",
    ),
    expect: optional(
        path("a file"),
        "File with the answer, or with the part of a JSON answer, that npm run smoke expects. Default: any answer will do.",
    ),
    maxLatencyMs: optional(
        whole({ min: 1, max: 3_600_000 }, "milliseconds"),
        "What nine of ten answers must take at most, where npm run smoke runs. Default: any time will do.",
    ),
    targetModel: optional(targetModel, "The model that the request names, where a step holds many."),
    targetContainer: optional(name(), "The step that the request is for, where mode is direct."),
});

const common = {
    endpoint: optional(
        endpointOrNone,
        "The endpoint and its variants; none: no endpoint, the model is used by transform or registered alone.",
    ),
    transform: optional(transform, "Batch transform: the model runs over files in S3."),
    registry: optional(registry, "The model is registered as a version of a model package group."),
    modelPackage: optional(modelPackage, "A registered version to deploy; steps then name its containers."),
    sample: optional(sample, "A request that the endpoint can answer; --once sends it."),
    network: optional(
        network,
        "How containers reach the network: isolation, and a VPC. Default: by SageMaker's own VPC.",
    ),
    ...observability,
    ...environment,
};

/** One container. */
const inferenceContainer = object({
    pattern: z.literal("inference-container"),
    steps: z.tuple([step], { error: "a list of exactly 1 step" }).describe("The container."),
    ...common,
});

const steps = list(step, LIMITS.pipelineContainers, "steps").describe("The containers, in the order requests flow.");

/** Containers in line. */
const inferencePipeline = object({
    pattern: z.literal("inference-pipeline"),
    steps,
    mode: optional(
        choice(["serial", "direct"]),
        "serial: requests pass through all containers; direct: each names one. Default serial.",
    ),
    ...common,
});

/** Models in line. */
const modelEnsemble = object({ pattern: z.literal("model-ensemble"), steps, ...common });

/** Containers in line, one of which holds many models. */
const multiModelPipeline = object({ pattern: z.literal("multi-model-pipeline"), steps, ...common });

/** Triton, which runs an ensemble of models in one container. */
const tritonEnsemble = object({
    pattern: z.literal("triton-ensemble"),
    steps: z.tuple([step], { error: "a list of exactly 1 step" }).describe("Triton, and the ensemble it runs."),
    ...common,
});

const PATTERNS = Object.keys(PATTERN_TYPES);

/** Every stack's settings: the keys under `serial-inference:`, told apart by `pattern`. */
export const settingsSchema: z.ZodType<Settings> = z.discriminatedUnion(
    "pattern",
    [inferenceContainer, inferencePipeline, modelEnsemble, multiModelPipeline, tritonEnsemble],
    { error: PATTERNS.join(", ") },
);

/** Structured values, true and false are JSON in a stack's config, plain ones are text. */
function decode(value: string): unknown {
    try {
        const decoded: unknown = JSON.parse(value);
        return typeof decoded === "object" || typeof decoded === "boolean" ? decoded : value;
    } catch {
        return value;
    }
}

/** What this program is told ends in resources, in their names and in the stack's state, as plain text. */
const encryptedProblem = (path: string): string =>
    `${path}: is encrypted, and would be plain text in what is deployed; accepted: a plain value. What a container must keep secret ` +
    "belongs in Secrets Manager, its ARN under steps[].secrets";

/**
 * The settings that a stack's config describes.
 * @param config full key → text, as Pulumi hands it to a program; keys of other namespaces are left alone
 * @param stackFile named in the error, such as `Pulumi.dev.yaml`
 * @param encrypted keys, or paths of keys, whose values are encrypted in the stack's file
 * @throws {PlanError} with every problem: the key's path, what was found, what is accepted
 */
export function parseSettings(
    config: Readonly<Record<string, string>>,
    stackFile: string,
    encrypted: readonly string[] = [],
): Settings {
    refuse(stackFile, encrypted.filter((path) => path.startsWith(NAMESPACE)).map(encryptedProblem));
    const own = Object.entries(config).filter(([key]) => key.startsWith(NAMESPACE));
    const raw = Object.fromEntries(own.map(([key, value]) => [key.slice(NAMESPACE.length), decode(value)]));
    const parsed = settingsSchema.safeParse(raw, { reportInput: true });
    const problems = [
        ...(parsed.error?.issues ?? []).flatMap((issue) => describeIssue(issue, NAMESPACE, raw)),
        ...missingImages(raw, NAMESPACE),
    ];
    if (parsed.success && problems.length === 0) return parsed.data;
    throw new PlanError(stackFile, problems);
}
