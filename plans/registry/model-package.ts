import type { Input } from "@pulumi/pulumi";
import type { LocatedContainer } from "../container.ts";
import type { Step } from "../step.ts";
import { registryMediaTypes } from "./problems.ts";
import type { NamedRegistry } from "./settings.ts";

const STATUSES = { pending: "PendingManualApproval", approved: "Approved" } as const;

export interface ModelPackagePlan {
    readonly registry: NamedRegistry;
    readonly steps: readonly Step[];
    /** The steps' containers, in the same order. */
    readonly containers: readonly LocatedContainer[];
    /** Instance types of the stack's endpoint, and of its transform; empty where there is none. */
    readonly uses: InstanceUses;
    /** `s3://…` of the figures. */
    readonly metricsUri?: Input<string> | undefined;
}

/** Instance types that a stack runs its model on. */
export interface InstanceUses {
    readonly endpoint: readonly string[];
    readonly transform: readonly string[];
}

const DEFAULT_INSTANCES = ["ml.m5.large"];

/**
 * A version of a group as CloudFormation's type AWS::SageMaker::ModelPackage describes it.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-sagemaker-modelpackage.html
 */
export function planModelPackage({ registry, steps, containers, uses, metricsUri }: ModelPackagePlan) {
    const { group, description, approval = "pending", metadata, instanceTypes } = registry;
    const { contentTypes, responseTypes } = registryMediaTypes(registry, steps);
    const onInstances = (types: readonly string[]) => [...new Set(instanceTypes ?? types)];
    return {
        ModelPackageGroupName: group,
        ...(description !== undefined && { ModelPackageDescription: description }),
        ModelApprovalStatus: STATUSES[approval],
        InferenceSpecification: {
            Containers: containers.map(planPackagedContainer),
            SupportedContentTypes: [...contentTypes],
            SupportedResponseMIMETypes: [...responseTypes],
            SupportedRealtimeInferenceInstanceTypes: onInstances(
                uses.endpoint.length > 0 ? uses.endpoint : DEFAULT_INSTANCES,
            ),
            SupportedTransformInstanceTypes: onInstances(
                uses.transform.length > 0 ? uses.transform : DEFAULT_INSTANCES,
            ),
        },
        ...(metadata !== undefined && { CustomerMetadataProperties: metadata }),
        ...(metricsUri !== undefined && {
            ModelMetrics: { ModelQuality: { Statistics: { ContentType: "application/json", S3Uri: metricsUri } } },
        }),
    };
}

function planPackagedContainer({ hostname, source, modelData, environment }: LocatedContainer) {
    if (!("image" in source)) throw new RangeError(`container "${hostname}" has no image to register`);
    return {
        ContainerHostname: hostname,
        Image: source.image,
        ...(modelData !== undefined &&
            (modelData.compressed
                ? { ModelDataUrl: modelData.uri }
                : {
                      ModelDataSource: {
                          S3DataSource: { S3Uri: modelData.uri, S3DataType: "S3Prefix", CompressionType: "None" },
                      },
                  })),
        ...(Object.keys(environment).length > 0 && { Environment: environment }),
    };
}
