import { IN_PROD } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { ENDPOINT_CONFIGURATION } from "./types.ts";

export const endpointConfigurationAsyncKey = resourceRule({
    id: "endpoint-configuration-async-key",
    title: "Results of asynchronous requests are encrypted with a key of one's own.",
    why: "Results lie in S3 until somebody deletes them; with a key of one's own, access to them can be taken away and is recorded.",
    controls: [{ standard: "ours", id: "async output with KMS" }],
    remediation: "Set asyncInferenceConfig.outputConfig.kmsKeyId to a KMS key that the execution role may use.",
    level: IN_PROD,
    types: [ENDPOINT_CONFIGURATION],
    check: ({ properties: configuration }) => {
        const output = configuration.block("asyncInferenceConfig")?.block("outputConfig");
        if (output === undefined || output.has("kmsKeyId")) return [];
        return [output.problem("kmsKeyId", "is not set; accepted: a KMS key")];
    },
});
