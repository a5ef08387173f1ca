import { LIMITS } from "../../../plans/limits.ts";
import { each } from "../../framework/each.ts";
import type { Fields } from "../../framework/fields.ts";
import type { Result } from "../../framework/result.ts";
import { resourceRule } from "../../framework/rule.ts";
import { ENDPOINT_CONFIGURATION } from "./types.ts";
import { isServerless, variantsOf } from "./variants.ts";

const OF_INSTANCES = ["instanceType", "initialInstanceCount", "volumeSizeInGb", "inferenceAmiVersion"] as const;
const SIZES: readonly number[] = LIMITS.serverlessMemoryMiB;
const { min, max } = LIMITS.serverlessConcurrency;

function capacityProblems(serverless: Fields): Result[] {
    const memory = serverless.number("memorySizeInMb");
    const concurrency = serverless.number("maxConcurrency");
    const provisioned = serverless.number("provisionedConcurrency") ?? 0;
    const isWithin = concurrency !== undefined && concurrency >= min && concurrency <= max;
    return [
        memory !== undefined && SIZES.includes(memory)
            ? []
            : [serverless.problem("memorySizeInMb", `is ${memory ?? "not set"}; accepted: ${SIZES.join(", ")}`)],
        isWithin
            ? []
            : [serverless.problem("maxConcurrency", `is ${concurrency ?? "not set"}; accepted: ${min} to ${max}`)],
        isWithin && provisioned > concurrency
            ? [
                  serverless.problem(
                      "provisionedConcurrency",
                      `is ${provisioned}, over maxConcurrency; accepted: up to ${concurrency}`,
                  ),
              ]
            : [],
    ].flat();
}

export const endpointConfigurationServerless = resourceRule({
    id: "endpoint-configuration-serverless",
    title: "A serverless variant is within SageMaker's limits, and names no instances.",
    why: "CreateEndpointConfig refuses others, after the model is there.",
    controls: [{ standard: "ours", id: "CreateEndpointConfig" }],
    remediation: "Give memorySizeInMb and maxConcurrency, and nothing that belongs to instances.",
    level: "mandatory",
    types: [ENDPOINT_CONFIGURATION],
    check: ({ properties: configuration }) => {
        const serverless = variantsOf(configuration).filter(isServerless);
        const capture = configuration.block("dataCaptureConfig");
        return [
            ...each(serverless, (variant) => {
                const capacity = variant.block("serverlessConfig");
                const given = OF_INSTANCES.filter((key) => variant.has(key));
                return [
                    ...(capacity === undefined ? [] : capacityProblems(capacity)),
                    ...given.map((key) =>
                        variant.problem(key, "is set beside serverlessConfig; accepted: one of the two"),
                    ),
                ];
            }),
            ...(serverless.length > 0 && capture?.flag("enableCapture") === true
                ? [capture.problem("enableCapture", "is true with a serverless variant; accepted: no data capture")]
                : []),
        ];
    },
});
