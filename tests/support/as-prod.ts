import { readStackConfig } from "../../local/stack/stack-file.ts";

/** A pattern as prod hosts it. */
export interface AsProd {
    /** Stack whose pattern, steps and sample are hosted as prod hosts. */
    readonly stack: string;
    /** What prod's endpoint says otherwise, since the pattern does not allow it. */
    readonly endpoint?: Readonly<Record<string, unknown>>;
    readonly because?: string;
}

/** Every pattern, in the order of the README. */
export const AS_PROD: Readonly<Record<string, AsProd>> = {
    "inference-container": { stack: "dev" },
    "inference-pipeline": { stack: "pipeline" },
    "model-ensemble": { stack: "ensemble" },
    "multi-model-pipeline": { stack: "multi-model" },
    "triton-ensemble": {
        stack: "triton",
        endpoint: { instanceType: "ml.g5.xlarge", inferenceAmiVersion: "al2-ami-sagemaker-inference-gpu-3-1" },
        because: "a model of the sample's ensemble is of kind gpu, which ml.m5.large has none of",
    },
};

const root = process.cwd();
const valuesOf = (stack: string) => readStackConfig(root, stack, {}).values;
const NAMESPACE = "serial-inference:";
/** Keys that say what is hosted; all others are prod's. */
const HOSTED = ["pattern", "steps", "sample"].map((key) => NAMESPACE + key);

/** The config of stack prod, full key → text, with another stack's model. */
export function configAsProd({ stack, endpoint }: AsProd): Record<string, string> {
    const [prod, hosted] = [valuesOf("prod"), valuesOf(stack)];
    const own = Object.fromEntries(HOSTED.flatMap((key) => (hosted[key] === undefined ? [] : [[key, hosted[key]]])));
    const hosting = { ...(JSON.parse(prod[`${NAMESPACE}endpoint`] ?? "{}") as object), ...endpoint };
    return { ...prod, ...own, [`${NAMESPACE}endpoint`]: JSON.stringify(hosting) };
}
