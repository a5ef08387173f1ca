/** Days that CloudWatch Logs can keep events for. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const RETENTION_DAYS = [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** The log group of an endpoint. */
export interface LogSettings {
    /** Days until an event is deleted. @default 30 */
    readonly retentionDays?: (typeof RETENTION_DAYS)[number];
}

export const DEFAULT_RETENTION_DAYS = 30;

/** Days that the stack's logs are kept; undefined where the settings say none. */
export const retentionDays = (logs: LogSettings | "none" | undefined): number | undefined =>
    logs === "none" ? undefined : logs?.retentionDays;

/** The log group of all transform jobs of the account. */
export const TRANSFORM_LOG_GROUP = "/aws/sagemaker/TransformJobs";

/** The log group that SageMaker writes an endpoint's containers' output to. */
export const endpointLogGroup = (endpoint: string): string => `/aws/sagemaker/Endpoints/${endpoint}`;

/** The log group of a batch transform's state machine. CloudWatch gives groups of this beginning room in the account's resource policy. */
export const stateMachineLogGroup = (name: string, stack: string): string => `/aws/vendedlogs/states/${name}-${stack}`;

/** The log group of the traffic in a VPC that a stack makes. */
export const flowLogGroup = (name: string, stack: string): string => `/aws/vpc/flow-logs/${name}-${stack}`;
