import { eachResource } from "../../framework/each.ts";
import { matching } from "../../framework/matching.ts";
import { stackRule } from "../../framework/rule.ts";
import { configurationOf } from "../sagemaker/configuration-of.ts";
import { ENDPOINT, ENDPOINT_CONFIGURATION } from "../sagemaker/types.ts";

export const endpointConfigurationUsed = stackRule({
    id: "endpoint-configuration-used",
    title: "An endpoint is on each endpoint configuration.",
    why: "A configuration that no endpoint is on is left over, or an endpoint that was to be moved to it was not.",
    controls: [{ standard: "ours", id: "an endpoint configuration nobody uses" }],
    remediation: "Take it out, or give its name to an endpoint as endpointConfigName.",
    level: "advisory",
    check: (stack) =>
        eachResource(stack.ofType(ENDPOINT_CONFIGURATION), (configuration) => {
            const users = matching(
                stack.ofType(ENDPOINT),
                (endpoint) => configurationOf(stack, endpoint)?.urn === configuration.urn,
            );
            return users.length > 0 ? [] : [{ message: "no endpoint is on the configuration; accepted: one" }];
        }),
});
