import { hasLocalStorage } from "../../../plans/local-storage.ts";
import { each } from "../../framework/each.ts";
import { IN_PROD } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { ENDPOINT_CONFIGURATION } from "./types.ts";
import { variantsOf } from "./variants.ts";

export const endpointConfigurationKmsKey = resourceRule({
    id: "endpoint-configuration-kms-key",
    title: "The volumes of an endpoint's instances are encrypted with a key of one's own.",
    why: "Model data and requests lie on those volumes; with a key of one's own, access to them can be taken away and is recorded.",
    controls: [
        { standard: "AWS Config", id: "sagemaker-endpoint-configuration-kms-key-configured" },
        { standard: "Checkov", id: "CKV_AWS_98" },
        { standard: "cdk-nag", id: "SageMakerEndpointConfigurationKMSKeyConfigured" },
        { standard: "cfn_nag", id: "W1200" },
    ],
    remediation: "Set kmsKeyArn to a KMS key that the endpoint's role may use.",
    level: IN_PROD,
    types: [ENDPOINT_CONFIGURATION],
    check: ({ properties: configuration }) => {
        if (configuration.has("kmsKeyArn")) return [];
        return each(variantsOf(configuration), (variant) => {
            const instanceType = variant.text("instanceType");
            if (instanceType === undefined || hasLocalStorage(instanceType)) return [];
            return [
                configuration.problem(
                    "kmsKeyArn",
                    `is not set, and ${variant.path} has volumes on ${instanceType}; accepted: the ARN of a KMS key`,
                ),
            ];
        }).slice(0, 1);
    },
});
