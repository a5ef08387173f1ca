import { type EndpointSettings, hostings } from "../endpoint.ts";
import type { Step } from "../step.ts";
import { gpuCount } from "./gpu-instances.ts";
import { imageTagProblems, instanceProblems } from "./instance-problems.ts";
import { isTriton } from "./triton-step.ts";

/** Families in which SageMaker has a container hold many models on one GPU; of g4dn and g5 the sizes with one. */
const MANY_MODELS_ON_GPU = /^ml\.(p2\.xlarge|p3\.2xlarge|g4dn\..+|g5\..+)$/;

/**
 * Whether Triton can hold many models on an instance type with GPUs.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/multi-model-support.html
 */
export const holdsManyOnGpu = (step: Step, instanceType: string): boolean =>
    isTriton(step) && MANY_MODELS_ON_GPU.test(instanceType) && gpuCount(instanceType) === 1;

/** Variants whose instances lack what an ensemble's models or image need. */
export function tritonUseProblems(endpoint: EndpointSettings, steps: readonly Step[]): string[] {
    return steps.flatMap(({ name, image, triton }) => {
        if (triton === undefined) return [];
        return hostings(endpoint).flatMap(({ name: variant, instanceType }) =>
            [
                ...instanceProblems(triton, instanceType),
                ...("prebuilt" in image ? imageTagProblems(triton, image.prebuilt.version, instanceType) : []),
            ].map((problem) => `variant "${variant}": step "${name}": ${problem}`),
        );
    });
}
