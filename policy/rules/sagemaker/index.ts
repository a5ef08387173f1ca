import type { Rule } from "../../framework/rule.ts";
import { endpointConfigurationKmsKey } from "./endpoint-configuration-kms-key.ts";
import { modelContainerCount } from "./model-container-count.ts";
import { modelImageByDigest } from "./model-image-by-digest.ts";
import { modelNetworkIsolation } from "./model-network-isolation.ts";

export const sagemakerRules: readonly Rule[] = [
    modelContainerCount,
    modelImageByDigest,
    modelNetworkIsolation,
    endpointConfigurationKmsKey,
];
