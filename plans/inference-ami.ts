/**
 * Images of the instances behind a variant, by the NVIDIA driver that they bring; SageMaker's own choice is the oldest. A container whose
 * CUDA is too new for the driver fails at its start.
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html
 */
export const INFERENCE_AMI_VERSIONS = [
    "al2-ami-sagemaker-inference-gpu-2",
    "al2-ami-sagemaker-inference-gpu-2-1",
    "al2-ami-sagemaker-inference-gpu-3-1",
    "al2-ami-sagemaker-inference-neuron-2",
    "al2023-ami-sagemaker-inference-gpu-4-1",
] as const;

export type InferenceAmiVersion = (typeof INFERENCE_AMI_VERSIONS)[number];

/** Every rule that the choice of such an image breaks on an instance type. */
export function inferenceAmiProblems(version: InferenceAmiVersion | undefined, instanceType: string): string[] {
    if (version === undefined) return [];
    const forNeuron = version.includes("-neuron-");
    const fits = forNeuron ? /^ml\.(inf|trn)\d/.test(instanceType) : /^ml\.(g|gr|p)\d/.test(instanceType);
    const wanted = forNeuron ? "AWS's own accelerators, ml.inf… or ml.trn…" : "NVIDIA's GPUs, such as ml.g5.xlarge";
    return fits ? [] : [`inferenceAmiVersion ${version} on ${instanceType}; it is for instances with ${wanted}`];
}
