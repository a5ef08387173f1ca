/**
 * What SageMaker accepts. One table for config, plans, policy and the local host; each line names its source:
 * [B] the botocore service model, [D] the developer guide.
 */
export const LIMITS = {
    /** Containers of a model that is an inference pipeline [D]. */
    pipelineContainers: { min: 2, max: 15 },
    /** Production variants of an endpoint configuration [B]. */
    variants: { min: 1, max: 10 },
    /** Instances of a variant; the account's quota is usually lower [B: at least 1]. */
    instances: { min: 1, max: 1000 },
    /** Bounds that scaling may set; 0 for asynchronous endpoints alone [D]. */
    scaledInstances: { min: 0, max: 1000 },
    /** Seconds between two scalings: the API names no limit; over an hour a variant would hardly follow its load. */
    cooldownSeconds: { min: 0, max: 3600 },
    /** Scheduled actions of a scalable target: the account's quota [D]. */
    scheduledActions: { min: 1, max: 200 },
    /** MiB of memory of a serverless endpoint [B]. */
    serverlessMemoryMiB: [1024, 2048, 3072, 4096, 5120, 6144],
    /** Requests in flight to each instance of an asynchronous endpoint [B]. */
    asyncConcurrency: { min: 1, max: 1000 },
    /** Requests at once to a serverless endpoint, and containers that it keeps warm [B]. */
    serverlessConcurrency: { min: 1, max: 200 },
    /** GiB of storage for each instance of a variant [B]. */
    volumeGiB: { min: 1, max: 512 },
    /** Seconds for the start-up health check, and for the download of the model [B]. */
    hostingTimeoutSeconds: { min: 60, max: 3600 },
    /** Seconds between the steps of a deployment, before the old fleet ends, and of the whole [B; the last one: the provider's]. */
    deploymentWaitSeconds: { min: 0, max: 3600 },
    terminationWaitSeconds: { min: 0, max: 3600 },
    deploymentTimeoutSeconds: { min: 600, max: 14_400 },
    /** Seconds that the provider waits for an updated endpoint; no option of its own changes it [read in its source]. */
    endpointUpdateSeconds: 3600,
    /** Percent of a fleet in a canary, in a linear step, in a rolling batch, and in a batch of its rollback [B]. */
    canaryPercent: { min: 1, max: 50 },
    linearPercent: { min: 10, max: 50 },
    rollingPercent: { min: 5, max: 50 },
    rollbackPercent: { min: 5, max: 100 },
    /** Alarms that roll a deployment back [B]. */
    rollbackAlarms: { min: 1, max: 10 },
    /** Subnets and security groups of a model's VPC [B; at least two subnets: D]. */
    vpcSubnets: { min: 2, max: 16 },
    vpcSecurityGroups: { min: 1, max: 5 },
    /** Leading bits that a VPC's addresses may fix: AWS takes VPCs of /16 at the largest, and subnets, eighths of it, of /28 at the smallest [D, of EC2]. */
    vpcPrefix: { min: 16, max: 25 },
    /** Availability zones of a VPC that is made: SageMaker wants two, the largest region has six. */
    madeZones: { min: 2, max: 6 },
    /** Days until a KMS key is deleted, and between its rotations [D, of KMS]. */
    keyDeletionDays: { min: 7, max: 30 },
    keyRotationDays: { min: 90, max: 2560 },
    /** Characters of the name of an alarm [B]. */
    alarmNameLength: 255,
    /** Characters of the name of a model, an endpoint or a variant [B]. */
    nameLength: 63,
    /** Characters of TargetModel, which names a model of a multi-model container [B]. */
    targetModelLength: 1024,
    /** Characters of an image URI [B]. */
    imageUriLength: 255,
    /** Bytes of a real-time request [D: 25 MB; older tables say 6 MB]. */
    requestBytes: 25 * 1024 * 1024,
    /** Bytes of a request to a serverless endpoint [D: 4 MB; that it means MiB is inferred]. */
    serverlessRequestBytes: 4 * 1024 * 1024,
    /** Bytes that one container of a pipeline may hand to the next [D: "5 MB"; that it means MiB is inferred]. */
    betweenContainersBytes: 5 * 1024 * 1024,
    /** Seconds that a container has for a response, and for a response stream [D]. */
    responseSeconds: 60,
    streamSeconds: 8 * 60,
    /** Seconds that an invocation waits for its model to be loaded, and that the load goes on at most [D]. */
    modelWaitSeconds: 60,
    modelLoadSeconds: 360,
    /** MiB of one request of a batch transform; and of all that are in flight to one instance [B]. */
    transformPayloadMiB: { min: 1, max: 100 },
    transformInFlightMiB: 100,
    /** Requests in flight to one instance of a batch transform: with 1 MiB each they reach the limit above. */
    transformConcurrency: { min: 1, max: 100 },
    /** Instances of a batch transform [B]. */
    transformInstances: { min: 1, max: 100 },
    /** Seconds that a batch transform waits for a response, and how often it tries again [B]. */
    transformResponseSeconds: { min: 1, max: 3600 },
    transformRetries: { min: 0, max: 3 },
    /** Characters of a transform job's name [B]. */
    transformJobNameLength: 63,
    /** Minutes that an execution of a state machine may last: a year [D]. */
    executionMinutes: { min: 1, max: 525_600 },
    /** Characters of the description of a version of a model package [B]. */
    packageDescriptionLength: 1024,
    /** Names and text that a version carries: how many, and characters of one [B]. */
    packageMetadata: { entries: 50, keyLength: 128, valueLength: 256 },
    /** Environment of a container: entries, and bytes of one key or one value [B]. */
    environmentEntries: 100,
    environmentBytes: 1024,
    /** Bytes of all keys and values over all containers of a model [B]. */
    environmentTotalBytes: 32 * 1024,
} as const;

/** An inclusive range of numbers. */
export interface Range {
    readonly min: number;
    readonly max: number;
}

/** Names of models, endpoints, variants and container hostnames [B]. */
export const NAME_PATTERN = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/** Keys of a container's environment [B]. */
export const ENVIRONMENT_KEY_PATTERN = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
