import { LIMITS } from "../../../plans/limits.ts";
import { each } from "../../framework/each.ts";
import { resourceRule } from "../../framework/rule.ts";
import { ENDPOINT_CONFIGURATION } from "./types.ts";
import { variantsOf } from "./variants.ts";

const { min, max } = LIMITS.volumeGiB;

export const endpointConfigurationVolume = resourceRule({
    id: "endpoint-configuration-volume",
    title: `A variant's volume has ${min} to ${max} GiB.`,
    why: "CreateEndpointConfig refuses others, after the model is there.",
    controls: [{ standard: "ours", id: "CreateEndpointConfig" }],
    remediation: "Size the volume by the models that lie on it at once.",
    level: "mandatory",
    types: [ENDPOINT_CONFIGURATION],
    check: ({ properties: configuration }) =>
        each(variantsOf(configuration), (variant) => {
            const size = variant.number("volumeSizeInGb");
            if (size === undefined || (size >= min && size <= max && Number.isInteger(size))) return [];
            return [variant.problem("volumeSizeInGb", `is ${size}; accepted: ${min} to ${max}`)];
        }),
});
