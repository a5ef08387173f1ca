import { ENVIRONMENT_PARAMETER } from "./model-config.ts";
import type { Model } from "./model.ts";
import { repositoryPathProblems } from "./repository-path.ts";
import { tensorProblems } from "./tensor-problems.ts";
import { completeWarmup, type Warmup } from "./warmup.ts";

/** What Triton's fields of type int32 hold. */
export const MOST = 2 ** 31 - 1;

const isWhole = (value: number, min: number, max: number): boolean =>
    Number.isSafeInteger(value) && value >= min && value <= max;

/** What a number says that is out of its range. */
const whole = (key: string, value: number | undefined, min: number, max: number): string[] =>
    value === undefined || isWhole(value, min, max)
        ? []
        : [`${key} ${value}; accepted: a whole number from ${min} to ${max}`];

/** Names of models and ensembles: those that stand in an address as they are, since Triton does not decode others. */
const NAME = /^[A-Za-z0-9._~-]{1,255}$/;

/** What Triton refuses in the name of a model or an ensemble. */
export const nameProblems = (name: string): string[] =>
    NAME.test(name) && name !== "." && name !== ".."
        ? []
        : [`Triton refuses the name "${name}"; accepted: 1 to 255 of letters, digits, . _ ~ and -`];

function batchingProblems({ maxBatchSize, dynamicBatching }: Model): string[] {
    if (dynamicBatching === undefined) return [];
    const { preferredBatchSize = [], maxQueueDelayMicroseconds } = dynamicBatching;
    if (maxBatchSize === 0) {
        return ["dynamicBatching makes batches, and maxBatchSize 0 allows none; set maxBatchSize, or leave it out"];
    }
    const sizes = preferredBatchSize.filter((size) => !isWhole(size, 1, maxBatchSize));
    return [
        ...sizes.map((size) => `preferredBatchSize ${size}; accepted: 1 to maxBatchSize, ${maxBatchSize}`),
        ...whole("maxQueueDelayMicroseconds", maxQueueDelayMicroseconds, 0, Number.MAX_SAFE_INTEGER),
    ];
}

function versionProblems({ versionPolicy: policy }: Model): string[] {
    if (policy === undefined || policy === "all") return [];
    if ("latest" in policy) return whole("versionPolicy.latest", policy.latest, 1, MOST);
    if (policy.specific.length === 0) return ["versionPolicy.specific is empty; accepted: one version or more"];
    return policy.specific.flatMap((version) => whole("versionPolicy.specific", version, 0, Number.MAX_SAFE_INTEGER));
}

/** `-1` in the input's dims takes any size; everything else must be the same. */
const fits = (dims: readonly number[], accepted: readonly number[]): boolean =>
    dims.length === accepted.length && accepted.every((dim, index) => dim === -1 || dim === dims[index]);

function warmupProblems(model: Model, warmup: Warmup): string[] {
    const { maxBatchSize, inputs } = model;
    const names = inputs.map(({ name }) => name);
    const { batchSize, count, inputs: contents } = completeWarmup(warmup, inputs);
    const unknown = Object.keys(warmup.inputs ?? {}).filter((name) => !names.includes(name));
    const shapes = inputs.flatMap(({ name, dims: accepted }) => {
        const content = contents[name];
        const dims = content?.dims ?? accepted;
        const file = typeof content?.data === "object" ? repositoryPathProblems(content.data.file) : [];
        if (content === undefined || dims.length === 0) return file;
        const wrong = dims.every((dim) => isWhole(dim, 1, MOST))
            ? fits(dims, accepted)
                ? []
                : [`dims [${dims.join(", ")}]; accepted: those of the input, [${accepted.join(", ")}]`]
            : [`dims [${dims.join(", ")}]; a request has sizes, so give dims of whole numbers from 1`];
        return [...file, ...wrong].map((problem) => `input "${name}": ${problem}`);
    });
    return [
        ...whole("batchSize", batchSize, 1, Math.max(1, maxBatchSize)),
        ...whole("count", count, 1, MOST),
        ...unknown.map((name) => `there is no input "${name}"; accepted: ${names.join(", ")}`),
        ...shapes,
    ].map((problem) => `modelWarmup "${warmup.name}": ${problem}`);
}

function computeProblems({ compute }: Model): string[] {
    const counts = whole("compute.count", compute.count, 1, MOST);
    if (compute.kind === "cpu" || compute.gpus === undefined) return counts;
    const { gpus } = compute;
    const empty = gpus.length === 0 ? ["compute.gpus is empty; leave it out for all GPUs of the instance"] : [];
    const twice = new Set(gpus).size < gpus.length ? [`compute.gpus [${gpus.join(", ")}] names a GPU twice`] : [];
    return [...counts, ...empty, ...twice, ...gpus.flatMap((id) => whole("compute.gpus", id, 0, MOST))];
}

function environmentProblems(model: Model): string[] {
    if (model.backend !== "python") return [];
    const given =
        model.parameters?.[ENVIRONMENT_PARAMETER] === undefined
            ? []
            : [`the parameter ${ENVIRONMENT_PARAMETER} is what executionEnvironment sets; use that`];
    return [
        ...given,
        ...(model.executionEnvironment === undefined
            ? []
            : repositoryPathProblems(model.executionEnvironment).map((text) => `executionEnvironment: ${text}`)),
    ];
}

/** Every rule that a model breaks by itself. */
export const modelProblems = (model: Model): string[] =>
    [
        ...nameProblems(model.name),
        ...whole("maxBatchSize", model.maxBatchSize, 0, MOST),
        ...tensorProblems(model.inputs, "input", model.maxBatchSize),
        ...tensorProblems(model.outputs, "output", model.maxBatchSize),
        ...computeProblems(model),
        ...batchingProblems(model),
        ...versionProblems(model),
        ...(model.modelWarmup ?? []).flatMap((warmup) => warmupProblems(model, warmup)),
        ...(model.responseCache === true && model.decoupled === true
            ? ["responseCache keeps one answer a request, and a decoupled model may have many; leave one of them out"]
            : []),
        ...environmentProblems(model),
    ].map((problem) => `model "${model.name}": ${problem}`);
