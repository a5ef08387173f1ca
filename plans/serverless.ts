import type { EndpointSettings, Hosting } from "./endpoint.ts";
import { multiModelSteps, type Step } from "./step.ts";

/** Capacity without instances: SageMaker starts containers as requests come, and none where none come. */
export interface Serverless {
    /** MiB of memory: 1024, 2048, 3072, 4096, 5120 or 6144; processors come in proportion. */
    readonly memoryMiB: number;
    /** Requests at once at most, 1–200; others are throttled. */
    readonly maxConcurrency: number;
    /** Containers that are kept warm, up to maxConcurrency. @default - none: the first request of each waits for its start */
    readonly provisionedConcurrency?: number;
}

/** What EndpointConfiguration takes in place of instances. */
export const planServerless = ({ memoryMiB, maxConcurrency, provisionedConcurrency }: Serverless) => ({
    serverlessConfig: {
        memorySizeInMb: memoryMiB,
        maxConcurrency,
        ...(provisionedConcurrency === undefined ? {} : { provisionedConcurrency }),
    },
});

const OF_INSTANCES = ["instanceType", "instanceCount", "volumeGiB", "inferenceAmiVersion", "scaling"] as const;
const OF_FLEETS = ["shadow", "deployment"] as const;

/**
 * Every rule that a serverless endpoint breaks.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html#serverless-endpoints-how-it-works-exclusions
 */
export function serverlessProblems(
    { serverless, variants, ...common }: EndpointSettings,
    steps: readonly Step[],
): string[] {
    if (serverless === undefined) return [];
    const problems: string[] = [];
    const { maxConcurrency, provisionedConcurrency = 0 } = serverless;
    if (provisionedConcurrency > maxConcurrency) {
        problems.push(
            `endpoint.serverless.provisionedConcurrency: ${provisionedConcurrency} is over maxConcurrency ${maxConcurrency}`,
        );
    }
    if (steps.length > 1) {
        problems.push(
            `endpoint.serverless: SageMaker runs one container in it, not a pipeline of ${steps.length} steps`,
        );
    }
    for (const { name } of multiModelSteps(steps)) {
        problems.push(`endpoint.serverless: step "${name}" is multi-model, which SageMaker does not run serverless`);
    }
    if (variants !== undefined && variants.length > 1) {
        problems.push(`endpoint.serverless: SageMaker takes one variant, not ${variants.length}`);
    }
    for (const key of OF_FLEETS) {
        if (common[key] !== undefined)
            problems.push(
                `endpoint.${key}: is of fleets of instances, and a serverless endpoint has none; leave it out`,
            );
    }
    const places = [
        { path: "endpoint", hosting: common },
        ...(variants ?? []).map((hosting, index) => ({ path: `endpoint.variants[${index}]`, hosting })),
    ];
    return [...problems, ...places.flatMap(({ path, hosting }) => instanceProblems(path, hosting))];
}

const instanceProblems = (path: string, hosting: Hosting): string[] =>
    OF_INSTANCES.filter((key) => hosting[key] !== undefined && hosting[key] !== "none").map(
        (key) =>
            `${path}.${key}: is of instances, and a serverless endpoint has none: ` +
            `${key === "scaling" ? "it scales by itself, up to endpoint.serverless.maxConcurrency" : "it takes endpoint.serverless.memoryMiB, without GPUs"}; leave it out`,
    );
