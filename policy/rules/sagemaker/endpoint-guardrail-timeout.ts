import { eachResource } from "../../framework/each.ts";
import type { Fields } from "../../framework/fields.ts";
import { stackRule } from "../../framework/rule.ts";
import { configurationOf } from "./configuration-of.ts";
import { ENDPOINT } from "./types.ts";

const TIMEOUT = "maximumExecutionTimeoutInSeconds";

/** How many steps of a size a fleet takes. @param most instances of its largest variant */
function steps(size: Fields | undefined, most: () => number): number {
    const value = size?.number("value") ?? 0;
    if (value <= 0) return 1;
    return Math.ceil((size?.text("type") === "INSTANCE_COUNT" ? most() : 100) / value);
}

/** Seconds that all waits of a deployment take together. */
function waits(policy: Fields, most: () => number): number {
    const routing = policy.block("trafficRoutingConfiguration");
    if (routing === undefined) {
        return steps(policy.block("maximumBatchSize"), most) * (policy.number("waitIntervalInSeconds") ?? 0);
    }
    const between = { ALL_AT_ONCE: 0, CANARY: 1, LINEAR: steps(routing.block("linearStepSize"), most) - 1 };
    const type = routing.text("type") ?? "";
    const count = type in between ? between[type as keyof typeof between] : 0;
    return count * (routing.number("waitIntervalInSeconds") ?? 0) + (policy.number("terminationWaitInSeconds") ?? 0);
}

export const endpointGuardrailTimeout = stackRule({
    id: "endpoint-guardrail-timeout",
    title: "An update has more time than its own waits take.",
    why: "Where the waits fill the whole time, every update runs into the time-out and is rolled back, however good the model is.",
    controls: [{ standard: "ours", id: "guardrails" }],
    remediation: "Raise maximumExecutionTimeoutInSeconds by what instances need to start, or shorten the waits.",
    level: "mandatory",
    check: (stack) =>
        eachResource(stack.ofType(ENDPOINT), (endpoint) => {
            const deployment = endpoint.properties.block("deploymentConfig");
            const policy = deployment?.block("blueGreenUpdatePolicy") ?? deployment?.block("rollingUpdatePolicy");
            const timeout = policy?.number(TIMEOUT);
            if (policy === undefined || timeout === undefined) return [];
            const most = () => {
                const variants = configurationOf(stack, endpoint)?.properties.blocks("productionVariants") ?? [];
                return Math.max(1, ...variants.map((variant) => variant.number("initialInstanceCount") ?? 1));
            };
            const seconds = waits(policy, most);
            if (timeout > seconds) return [];
            return [
                policy.problem(
                    TIMEOUT,
                    `is ${timeout}, and the waits take ${seconds} s; accepted: more than ${seconds}`,
                ),
            ];
        }),
});
