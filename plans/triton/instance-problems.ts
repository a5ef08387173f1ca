import type { Ensemble } from "./ensemble.ts";
import { gpuCount } from "./gpu-instances.ts";

/** Every rule that the ensemble breaks on an instance type. */
export function instanceProblems({ models }: Ensemble, instanceType: string): string[] {
    const gpus = gpuCount(instanceType);
    return models.flatMap(({ name, compute }) => {
        if (compute.kind === "cpu" || gpus === undefined) return [];
        if (gpus === 0) {
            return [
                `model "${name}": compute.kind gpu on ${instanceType}, which has no NVIDIA GPU; accepted: an instance type with one, such as ml.g5.xlarge, or kind cpu`,
            ];
        }
        return (compute.gpus ?? [])
            .filter((id) => id >= gpus)
            .map((id) => `model "${name}": compute.gpus ${id} on ${instanceType}; accepted: 0 to ${gpus - 1}`);
    });
}

/**
 * Whether a tag of AWS's image suits the ensemble on an instance type: images for instances without a GPU have tags that end in `-cpu`.
 * @param tag such as `25.09-py3`
 */
export function imageTagProblems({ models }: Ensemble, tag: string, instanceType: string): string[] {
    const forCpu = tag.endsWith("-cpu");
    if (!forCpu && gpuCount(instanceType) === 0) {
        return [`image tag "${tag}" needs a GPU, and ${instanceType} has none; accepted: "${tag}-cpu"`];
    }
    const onGpu = models.filter(({ compute }) => compute.kind === "gpu").map(({ name }) => `"${name}"`);
    return forCpu && onGpu.length > 0
        ? [`image tag "${tag}" knows no GPU, and ${onGpu.join(", ")} need one; accepted: "${tag.replace(/-cpu$/, "")}"`]
        : [];
}
