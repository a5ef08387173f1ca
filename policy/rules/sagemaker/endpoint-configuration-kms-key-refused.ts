import { hasLocalStorage } from "../../../plans/local-storage.ts";
import { each } from "../../framework/each.ts";
import { resourceRule } from "../../framework/rule.ts";
import { ENDPOINT_CONFIGURATION } from "./types.ts";
import { variantsOf } from "./variants.ts";

export const endpointConfigurationKmsKeyRefused = resourceRule({
    id: "endpoint-configuration-kms-key-refused",
    title: "No key is given for instances whose own storage the hardware encrypts.",
    why: "CreateEndpointConfig refuses a key where a variant has local NVMe storage, after the model is there.",
    controls: [{ standard: "ours", id: "CreateEndpointConfig" }],
    remediation: "Leave kmsKeyArn out: the hardware encrypts such storage by itself.",
    level: "mandatory",
    types: [ENDPOINT_CONFIGURATION],
    check: ({ properties: configuration }) => {
        if (!configuration.has("kmsKeyArn")) return [];
        return each(variantsOf(configuration), (variant) => {
            const instanceType = variant.text("instanceType");
            if (instanceType === undefined || !hasLocalStorage(instanceType)) return [];
            return [
                configuration.problem(
                    "kmsKeyArn",
                    `is set, and ${variant.path} is on ${instanceType}, which has storage of its own; accepted: no key`,
                ),
            ];
        });
    },
});
