import { IN_PROD } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { ENDPOINT_CONFIGURATION } from "./types.ts";

export const endpointConfigurationDataCaptureKey = resourceRule({
    id: "endpoint-configuration-data-capture-key",
    title: "Captured requests and answers are encrypted with a key of one's own.",
    why: "What is captured is what customers sent; with a key of one's own, access to it can be taken away and is recorded.",
    controls: [{ standard: "ours", id: "capture with KMS" }],
    remediation: "Set dataCaptureConfig.kmsKeyId to a KMS key that the execution role may use.",
    level: IN_PROD,
    types: [ENDPOINT_CONFIGURATION],
    check: ({ properties: configuration }) => {
        const capture = configuration.block("dataCaptureConfig");
        if (capture?.flag("enableCapture") !== true || capture.has("kmsKeyId")) return [];
        return [capture.problem("kmsKeyId", "is not set; accepted: a KMS key")];
    },
});
