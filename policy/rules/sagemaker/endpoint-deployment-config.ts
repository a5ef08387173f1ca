import { eachResource } from "../../framework/each.ts";
import { IN_PROD } from "../../framework/level.ts";
import { stackRule } from "../../framework/rule.ts";
import { configurationOf } from "./configuration-of.ts";
import { ENDPOINT } from "./types.ts";
import { isServerless, variantsOf } from "./variants.ts";

export const endpointDeploymentConfig = stackRule({
    id: "endpoint-deployment-config",
    title: "An endpoint on instances says how an update moves its traffic.",
    why: "Without deploymentConfig all traffic moves at once, with no alarm watched, and a bad model answers everybody.",
    controls: [{ standard: "ours", id: "guardrails" }],
    remediation: "Set deploymentConfig to a canary, linear or rolling update with alarms that roll it back.",
    level: IN_PROD,
    check: (stack) =>
        eachResource(stack.ofType(ENDPOINT), (endpoint) => {
            if (endpoint.properties.has("deploymentConfig")) return [];
            const configuration = configurationOf(stack, endpoint);
            if (configuration !== undefined && variantsOf(configuration.properties).every(isServerless)) return [];
            return [
                endpoint.properties.problem("deploymentConfig", "is not set; accepted: a blue/green or rolling policy"),
            ];
        }),
});
