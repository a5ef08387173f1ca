import { each } from "../../framework/each.ts";
import type { Fields } from "../../framework/fields.ts";
import type { Violation } from "../../framework/result.ts";
import { resourceRule } from "../../framework/rule.ts";
import { isSageMaker } from "./scalable-variant.ts";
import { SCALABLE_TARGET } from "./types.ts";

const DIMENSION = "sagemaker:variant:DesiredInstanceCount";
const RESOURCE = /^endpoint\/[^/]+\/variant\/[^/]+$/;

/** One by one, since a preview may not know the endpoint's name. */
const CHECKS: readonly ((target: Fields) => readonly Violation[])[] = [
    (target) => {
        const namespace = target.text("serviceNamespace");
        return namespace === "sagemaker"
            ? []
            : [target.problem("serviceNamespace", `is "${namespace ?? ""}"; accepted: sagemaker`)];
    },
    (target) => {
        const dimension = target.text("scalableDimension");
        return dimension === DIMENSION
            ? []
            : [target.problem("scalableDimension", `is "${dimension ?? ""}"; accepted: ${DIMENSION}`)];
    },
    (target) => {
        const [min, max] = [target.number("minCapacity"), target.number("maxCapacity")];
        return min === undefined || max === undefined || min <= max
            ? []
            : [target.problem("minCapacity", `is ${min}, over maxCapacity ${max}; accepted: up to ${max}`)];
    },
    (target) => {
        const id = target.text("resourceId") ?? "";
        return RESOURCE.test(id)
            ? []
            : [target.problem("resourceId", `is "${id}"; accepted: endpoint/NAME/variant/NAME`)];
    },
];

export const scalingTarget = resourceRule({
    id: "scaling-target",
    title: "The scaling of a variant names SageMaker's own service, dimension and resource, and bounds in order.",
    why: "Application Auto Scaling refuses others, or takes them and scales nothing.",
    controls: [{ standard: "ours", id: "RegisterScalableTarget" }],
    remediation: `Set serviceNamespace to sagemaker, scalableDimension to ${DIMENSION}, and minCapacity to maxCapacity at most.`,
    level: "mandatory",
    types: [SCALABLE_TARGET],
    check: ({ properties: target }) => (isSageMaker(target) ? each(CHECKS, (check) => check(target)) : []),
});
