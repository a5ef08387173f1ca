import { LIMITS, NAME_PATTERN } from "../../../plans/limits.ts";
import { resourceRule } from "../../framework/rule.ts";
import { ENDPOINT_CONFIGURATION } from "./types.ts";
import { variantsOf } from "./variants.ts";

const { min, max } = LIMITS.variants;

export const endpointConfigurationVariants = resourceRule({
    id: "endpoint-configuration-variants",
    title: `An endpoint configuration has ${min} to ${max} production variants, each with a name of its own.`,
    why: "CreateEndpointConfig refuses others; requests, metrics and scaling tell variants apart by name.",
    controls: [{ standard: "ours", id: "CreateEndpointConfig" }],
    remediation: "Name each variant once, and split what does not fit over several endpoints.",
    level: "mandatory",
    types: [ENDPOINT_CONFIGURATION],
    check: ({ properties: configuration }) => {
        const count = configuration.blocks("productionVariants").length;
        const wrongCount =
            count >= min && count <= max
                ? []
                : [configuration.problem("productionVariants", `has ${count}; accepted: ${min} to ${max}`)];
        const variants = variantsOf(configuration);
        const names = variants.map((variant) => variant.text("variantName"));
        const wrongNames = variants.flatMap((variant, index) => {
            const name = names[index];
            if (name === undefined) return []; // the provider makes one up
            if (!NAME_PATTERN.test(name)) {
                return [
                    variant.problem(
                        "variantName",
                        `is "${name}"; accepted: up to 63 letters, digits and inner hyphens`,
                    ),
                ];
            }
            const first = names.indexOf(name);
            if (first === index) return [];
            const other = variants[first]?.path ?? "";
            return [
                variant.problem("variantName", `is "${name}", as is that of ${other}; accepted: a name of its own`),
            ];
        });
        return [...wrongCount, ...wrongNames];
    },
});
