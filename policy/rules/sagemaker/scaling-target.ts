import { resourceRule } from "../../framework/rule.ts";
import { isSageMaker } from "./scalable-variant.ts";
import { SCALABLE_TARGET } from "./types.ts";

const DIMENSION = "sagemaker:variant:DesiredInstanceCount";
const RESOURCE = /^endpoint\/[^/]+\/variant\/[^/]+$/;

export const scalingTarget = resourceRule({
    id: "scaling-target",
    title: "The scaling of a variant names SageMaker's own service, dimension and resource, and bounds in order.",
    why: "Application Auto Scaling refuses others, or takes them and scales nothing.",
    controls: [{ standard: "ours", id: "RegisterScalableTarget" }],
    remediation: `Set serviceNamespace to sagemaker, scalableDimension to ${DIMENSION}, and minCapacity to maxCapacity at most.`,
    level: "mandatory",
    types: [SCALABLE_TARGET],
    check: ({ properties: target }) => {
        if (!isSageMaker(target)) return [];
        const namespace = target.text("serviceNamespace");
        const dimension = target.text("scalableDimension");
        const [min, max] = [target.number("minCapacity"), target.number("maxCapacity")];
        return [
            namespace === "sagemaker"
                ? []
                : [target.problem("serviceNamespace", `is "${namespace ?? ""}"; accepted: sagemaker`)],
            dimension === DIMENSION
                ? []
                : [target.problem("scalableDimension", `is "${dimension ?? ""}"; accepted: ${DIMENSION}`)],
            min !== undefined && max !== undefined && min > max
                ? [target.problem("minCapacity", `is ${min}, over maxCapacity ${max}; accepted: up to ${max}`)]
                : [],
            ...(target.has("resourceId") ? [resourceIdProblem(target.text("resourceId") ?? "")] : []).map((text) =>
                text === undefined ? [] : [target.problem("resourceId", text)],
            ),
        ].flat();
    },
});

const resourceIdProblem = (id: string): string | undefined =>
    RESOURCE.test(id) ? undefined : `is "${id}"; accepted: endpoint/NAME/variant/NAME`;
