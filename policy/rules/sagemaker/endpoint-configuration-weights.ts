import { each } from "../../framework/each.ts";
import { resourceRule } from "../../framework/rule.ts";
import { ENDPOINT_CONFIGURATION } from "./types.ts";
import { variantsOf } from "./variants.ts";

export const endpointConfigurationWeights = resourceRule({
    id: "endpoint-configuration-weights",
    title: "The weights of variants are numbers that 32 bits hold exactly.",
    why:
        "SageMaker keeps weights in 32 bits: 0.9 is read back as 0.8999999761581421, which differs from the program, so that every update " +
        "replaces the configuration and moves the endpoint.",
    controls: [{ standard: "ours", id: "seen with the provider" }],
    remediation: "Take whole numbers, such as 9 and 1 for nine tenths and one, or halves and quarters.",
    level: "mandatory",
    types: [ENDPOINT_CONFIGURATION],
    check: ({ properties: configuration }) =>
        each(variantsOf(configuration), (variant) => {
            const weight = variant.number("initialVariantWeight");
            if (weight === undefined || (weight >= 0 && Math.fround(weight) === weight)) return [];
            const found = weight < 0 ? `is ${weight}` : `is ${weight}, which is read back as ${Math.fround(weight)}`;
            return [variant.problem("initialVariantWeight", `${found}; accepted: 0 or more, in whole numbers`)];
        }),
});
