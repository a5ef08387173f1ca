import { gpuCount } from "../../../plans/triton/gpu-instances.ts";
import { each, eachResource } from "../../framework/each.ts";
import { stackRule } from "../../framework/rule.ts";
import { containersOf, isMultiModel } from "./containers.ts";
import { ENDPOINT_CONFIGURATION, MODEL } from "./types.ts";
import { variantsOf } from "./variants.ts";

/** Families with GPUs that SageMaker loads many models on. */
const FAMILY = /^ml\.(p2|p3|g4dn|g5)\./;

export const multiModelSingleGpu = stackRule({
    id: "multi-model-single-gpu",
    title: "Many models on a GPU are on an instance type with one.",
    why: "SageMaker loads many models on ml.p2, ml.p3, ml.g4dn and ml.g5 with a single GPU alone; others are refused when the endpoint starts.",
    controls: [{ standard: "ours", id: "multi-model endpoints on GPUs" }],
    remediation: "Take a type with one GPU, such as ml.g5.xlarge, or one without any.",
    level: "mandatory",
    check: (stack) =>
        eachResource(stack.ofType(ENDPOINT_CONFIGURATION), (configuration) =>
            each(variantsOf(configuration.properties), (variant) => {
                const instanceType = variant.text("instanceType");
                if (instanceType === undefined || gpuCount(instanceType) === 0) return [];
                if (gpuCount(instanceType) === 1 && FAMILY.test(instanceType)) return [];
                const model = stack.referred(configuration, variant, "modelName", MODEL, "name");
                if (model === undefined || !containersOf(model.properties).some(isMultiModel)) return [];
                return [
                    variant.problem(
                        "instanceType",
                        `is ${instanceType} for model ${model.name}, which holds many; accepted: ml.p2, ml.p3, ml.g4dn or ml.g5 with one GPU`,
                    ),
                ];
            }),
        ),
});
