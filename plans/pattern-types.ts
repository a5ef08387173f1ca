/** Pulumi types of the patterns, by the name that config gives them. */
export const PATTERN_TYPES = {
    "inference-container": "serial-inference:index:InferenceContainer",
    "inference-pipeline": "serial-inference:index:InferencePipeline",
    "model-ensemble": "serial-inference:index:ModelEnsemble",
    "multi-model-pipeline": "serial-inference:index:MultiModelPipeline",
    "triton-ensemble": "serial-inference:index:TritonEnsemble",
} as const;
