import { isBurstable } from "../../../plans/burstable.ts";
import { eachResource } from "../../framework/each.ts";
import { NotKnownYet } from "../../framework/not-known.ts";
import type { Resource } from "../../framework/resource.ts";
import { stackRule } from "../../framework/rule.ts";
import type { StackGraph } from "../../framework/stack-graph.ts";
import { configurationOf } from "./configuration-of.ts";
import { isSageMaker } from "./scalable-variant.ts";
import { ENDPOINT, SCALABLE_TARGET } from "./types.ts";

/** The instance type of the variant that a target scales. @returns undefined where the stack does not say */
function instanceTypeOf(stack: StackGraph, target: Resource): string | undefined {
    const [, endpointName, variantName] =
        /^endpoint\/([^/]+)\/variant\/([^/]+)$/.exec(target.properties.text("resourceId") ?? "") ?? [];
    if (endpointName === undefined) return undefined;
    const endpoint = stack.ofType(ENDPOINT).find(({ properties }) => properties.text("name") === endpointName);
    const configuration = endpoint && configurationOf(stack, endpoint);
    if (configuration === undefined) return undefined;
    return configuration.properties
        .blocks("productionVariants")
        .find((variant) => variant.text("variantName") === variantName)
        ?.text("instanceType");
}

export const scalingNotBurstable = stackRule({
    id: "scaling-not-burstable",
    title: "A scaled variant is not on burstable instances.",
    why: "Their speed changes with their credits while the load does not, so SageMaker does not scale them.",
    controls: [{ standard: "ours", id: "RegisterScalableTarget" }],
    remediation: "Take a type of steady speed, such as ml.m5.large, or leave the scaling out.",
    level: "mandatory",
    check: (stack) =>
        eachResource(
            stack.ofType(SCALABLE_TARGET).filter(({ properties }) => isKnownSageMaker(properties)),
            (target) => {
                const instanceType = instanceTypeOf(stack, target);
                if (instanceType === undefined || !isBurstable(instanceType)) return [];
                return [
                    target.properties.problem(
                        "resourceId",
                        `names a variant on ${instanceType}, which is burstable; accepted: a variant on another type`,
                    ),
                ];
            },
        ),
});

/** Targets of other services are not ours; of one that is not known yet, the check says so. */
function isKnownSageMaker(properties: Resource["properties"]): boolean {
    try {
        return isSageMaker(properties);
    } catch (error) {
        if (error instanceof NotKnownYet) return true;
        throw error;
    }
}
