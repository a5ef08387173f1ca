import { gpuCount } from "../../../plans/triton/gpu-instances.ts";
import { each } from "../../framework/each.ts";
import { resourceRule } from "../../framework/rule.ts";
import { ENDPOINT_CONFIGURATION } from "./types.ts";
import { variantsOf } from "./variants.ts";

const isForGpus = (ami: string): boolean => ami.includes("-gpu-");
const isForNeuron = (ami: string): boolean => ami.includes("-neuron-");

export const endpointConfigurationGpuAmi = resourceRule({
    id: "endpoint-configuration-gpu-ami",
    title: "A variant on GPUs names the image of its instances, and with it the driver.",
    why:
        "SageMaker's own choice brings the oldest driver: a container whose CUDA is newer fails at its start, and only there. An image for " +
        "GPUs on instances without any is refused.",
    controls: [{ standard: "ours", id: "CUDA needs its driver" }],
    remediation: "Set inferenceAmiVersion to the image whose driver the container's CUDA needs.",
    level: "advisory",
    types: [ENDPOINT_CONFIGURATION],
    check: ({ properties: configuration }) =>
        each(variantsOf(configuration), (variant) => {
            const instanceType = variant.text("instanceType");
            if (instanceType === undefined) return [];
            const hasGpus = gpuCount(instanceType) !== 0;
            const ami = variant.text("inferenceAmiVersion");
            if (hasGpus && ami === undefined) {
                return [
                    variant.problem(
                        "inferenceAmiVersion",
                        `is not set on ${instanceType}; accepted: an image for GPUs`,
                    ),
                ];
            }
            if (ami === undefined || (hasGpus ? !isForNeuron(ami) : !isForGpus(ami))) return [];
            const accepted = hasGpus ? "an image for GPUs" : "none";
            return [variant.problem("inferenceAmiVersion", `is ${ami} on ${instanceType}; accepted: ${accepted}`)];
        }),
});
