import { z } from "zod";
import { each } from "../../framework/each.ts";

import { resourceRule } from "../../framework/rule.ts";
import { ENDPOINT_CONFIGURATION } from "./types.ts";
import { isServerless } from "./variants.ts";

export const endpointConfigurationInstanceCount = resourceRule({
    id: "endpoint-configuration-instance-count",
    title: "A production variant starts with more than one instance.",
    why: "One instance is in one zone: when it or the zone fails, nothing answers until another has started.",
    controls: [
        { standard: "Security Hub", id: "SageMaker.4" },
        { standard: "AWS Config", id: "sagemaker-endpoint-config-prod-instance-count" },
        { standard: "Prowler", id: "sagemaker_endpoint_config_prod_variant_instances" },
    ],
    remediation: "Raise initialInstanceCount, which SageMaker spreads over the zones.",
    level: { dev: "disabled", staging: "disabled", prod: "mandatory" }, // a rehearsal may stand on one instance
    options: {
        minimum: z.int().min(1).default(2).describe("Instances that a production variant starts with at least."),
    },
    types: [ENDPOINT_CONFIGURATION],
    check: ({ properties: configuration }, { options: { minimum } }) =>
        each(configuration.blocks("productionVariants"), (variant) => {
            if (isServerless(variant)) return [];
            const count = variant.number("initialInstanceCount");
            if (count !== undefined && count >= minimum) return [];
            const found = count === undefined ? "is not set" : `is ${count}`;
            return [variant.problem("initialInstanceCount", `${found}; accepted: ${minimum} or more`)];
        }),
});
