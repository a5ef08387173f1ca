import { resourceRule } from "../../framework/rule.ts";
import { ENDPOINT_CONFIGURATION } from "./types.ts";
import { isServerless } from "./variants.ts";

export const endpointConfigurationShadow = resourceRule({
    id: "endpoint-configuration-shadow",
    title: "A shadow variant stands alone beside one production variant, both on instances.",
    why: "CreateEndpointConfig refuses any other number of either, and serverless variants in a shadow test.",
    controls: [{ standard: "ours", id: "CreateEndpointConfig" }],
    remediation: "Leave one production variant and one shadow variant, or take the shadow out.",
    level: "mandatory",
    types: [ENDPOINT_CONFIGURATION],
    check: ({ properties: configuration }) => {
        const shadows = configuration.blocks("shadowProductionVariants");
        if (shadows.length === 0) return [];
        const production = configuration.blocks("productionVariants");
        const counts = [
            shadows.length === 1
                ? []
                : [configuration.problem("shadowProductionVariants", `has ${shadows.length}; accepted: 1`)],
            production.length === 1
                ? []
                : [
                      configuration.problem(
                          "productionVariants",
                          `has ${production.length} beside a shadow variant; accepted: 1`,
                      ),
                  ],
        ].flat();
        const serverless = [...production, ...shadows].filter(isServerless);
        return [
            ...counts,
            ...serverless.map((variant) =>
                variant.problem("serverlessConfig", "is set in a shadow test; accepted: instances"),
            ),
        ];
    },
});
