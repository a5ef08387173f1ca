import type { Rule } from "../../framework/rule.ts";
import { endpointConfigurationAsyncKey } from "./endpoint-configuration-async-key.ts";
import { endpointConfigurationDataCapture } from "./endpoint-configuration-data-capture.ts";
import { endpointConfigurationDataCaptureKey } from "./endpoint-configuration-data-capture-key.ts";
import { endpointConfigurationGpuAmi } from "./endpoint-configuration-gpu-ami.ts";
import { endpointConfigurationInstanceCount } from "./endpoint-configuration-instance-count.ts";
import { endpointConfigurationInstanceTypes } from "./endpoint-configuration-instance-types.ts";
import { endpointConfigurationKmsKey } from "./endpoint-configuration-kms-key.ts";
import { endpointConfigurationKmsKeyRefused } from "./endpoint-configuration-kms-key-refused.ts";
import { endpointConfigurationNameUnset } from "./endpoint-configuration-name-unset.ts";
import { endpointConfigurationServerless } from "./endpoint-configuration-serverless.ts";
import { endpointConfigurationShadow } from "./endpoint-configuration-shadow.ts";
import { endpointConfigurationVariants } from "./endpoint-configuration-variants.ts";
import { endpointConfigurationVolume } from "./endpoint-configuration-volume.ts";
import { endpointConfigurationWeights } from "./endpoint-configuration-weights.ts";
import { endpointDeploymentConfig } from "./endpoint-deployment-config.ts";
import { endpointGuardrailTimeout } from "./endpoint-guardrail-timeout.ts";
import { endpointName } from "./endpoint-name.ts";
import { endpointRollbackAlarms } from "./endpoint-rollback-alarms.ts";
import { hostingRegion } from "./hosting-region.ts";
import { modelContainerCount } from "./model-container-count.ts";
import { modelContainerImage } from "./model-container-image.ts";
import { modelEnvironment } from "./model-environment.ts";
import { modelEnvironmentSecrets } from "./model-environment-secrets.ts";
import { modelExecutionRole } from "./model-execution-role.ts";
import { modelHostnames } from "./model-hostnames.ts";
import { modelImageByDigest } from "./model-image-by-digest.ts";
import { modelImageRegistry } from "./model-image-registry.ts";
import { modelImageUriLength } from "./model-image-uri-length.ts";
import { modelInVpc } from "./model-in-vpc.ts";
import { modelMultiModelPrefix } from "./model-multi-model-prefix.ts";
import { modelNameUnset } from "./model-name-unset.ts";
import { modelNetworkIsolation } from "./model-network-isolation.ts";
import { modelOneMultiModel } from "./model-one-multi-model.ts";
import { modelPrivateRegistry } from "./model-private-registry.ts";
import { multiModelSingleGpu } from "./multi-model-single-gpu.ts";
import { scalingMinimum } from "./scaling-minimum.ts";
import { scalingNotBurstable } from "./scaling-not-burstable.ts";
import { scalingTarget } from "./scaling-target.ts";

export const sagemakerRules: readonly Rule[] = [
    modelContainerCount,
    modelContainerImage,
    modelOneMultiModel,
    modelHostnames,
    modelMultiModelPrefix,
    multiModelSingleGpu,
    modelImageByDigest,
    modelImageUriLength,
    modelImageRegistry,
    modelPrivateRegistry,
    modelNetworkIsolation,
    modelInVpc,
    modelNameUnset,
    modelEnvironment,
    modelEnvironmentSecrets,
    modelExecutionRole,
    endpointConfigurationNameUnset,
    endpointConfigurationVariants,
    endpointConfigurationWeights,
    endpointConfigurationShadow,
    endpointConfigurationInstanceTypes,
    endpointConfigurationInstanceCount,
    endpointConfigurationGpuAmi,
    endpointConfigurationVolume,
    endpointConfigurationKmsKey,
    endpointConfigurationKmsKeyRefused,
    endpointConfigurationDataCapture,
    endpointConfigurationDataCaptureKey,
    endpointConfigurationAsyncKey,
    endpointConfigurationServerless,
    endpointName,
    endpointDeploymentConfig,
    endpointGuardrailTimeout,
    endpointRollbackAlarms,
    scalingTarget,
    scalingMinimum,
    scalingNotBurstable,
    hostingRegion,
];
