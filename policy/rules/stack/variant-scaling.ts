import { each, eachResource } from "../../framework/each.ts";
import { ONLY_IN_PROD } from "../../framework/level.ts";
import { matching } from "../../framework/matching.ts";
import { stackRule } from "../../framework/rule.ts";
import type { StackGraph } from "../../framework/stack-graph.ts";
import { configurationOf } from "../sagemaker/configuration-of.ts";
import { isSageMaker } from "../sagemaker/scalable-variant.ts";
import { ENDPOINT, SCALABLE_TARGET } from "../sagemaker/types.ts";
import { isServerless } from "../sagemaker/variants.ts";

/** Whether a target names no variant at all, which scaling-target says. */
const namesNothing = (stack: StackGraph): boolean =>
    stack
        .ofType(SCALABLE_TARGET)
        .some(
            ({ properties }) =>
                isSageMaker(properties) &&
                !/^endpoint\/[^/]+\/variant\/[^/]+$/.test(properties.text("resourceId") ?? ""),
        );

export const variantScaling = stackRule({
    id: "variant-scaling",
    title: "The variants of an endpoint are scaled with their load.",
    why: "A number of instances that was right in spring is too small for the season, and paid for in vain at night.",
    controls: [{ standard: "ours", id: "a prod variant without scaling" }],
    remediation: "Add an aws.appautoscaling.Target of resourceId endpoint/NAME/variant/NAME, and a policy.",
    level: ONLY_IN_PROD,
    check: (stack) =>
        eachResource(stack.ofType(ENDPOINT), (endpoint) => {
            const configuration = configurationOf(stack, endpoint);
            const name = endpoint.properties.text("name");
            return each(configuration?.properties.blocks("productionVariants") ?? [], (variant) => {
                if (isServerless(variant)) return [];
                const wanted = `endpoint/${name ?? ""}/variant/${variant.text("variantName") ?? ""}`;
                const targets = matching(
                    stack.ofType(SCALABLE_TARGET),
                    ({ properties }) => properties.text("resourceId") === wanted,
                );
                if (targets.length > 0 || namesNothing(stack)) return [];
                return [{ message: `nothing scales ${wanted}; accepted: a scalable target of that resourceId` }];
            });
        }),
});
