import { z } from "zod";
import { IN_PROD } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { isSageMaker } from "./scalable-variant.ts";
import { SCALABLE_TARGET } from "./types.ts";

export const scalingMinimum = resourceRule({
    id: "scaling-minimum",
    title: "A scaled variant keeps more than one instance.",
    why: "At night, when the load is low, a variant scaled to one instance has no other when its zone fails.",
    controls: [{ standard: "ours", id: "SageMaker.4 while a variant is scaled" }],
    remediation: "Raise minCapacity.",
    level: IN_PROD,
    options: { minimum: z.int().min(0).default(2).describe("Instances that a scaled variant keeps at least.") },
    types: [SCALABLE_TARGET],
    check: ({ properties: target }, { options: { minimum } }) => {
        if (!isSageMaker(target)) return [];
        const min = target.number("minCapacity") ?? 0;
        return min >= minimum ? [] : [target.problem("minCapacity", `is ${min}; accepted: ${minimum} or more`)];
    },
});
