/** What tells the series of a metric apart, under CloudWatch's names. */
export type Dimension = "EndpointName" | "VariantName" | "ContainerName";

/** A further dimension of the metrics of requests: one configuration, and so the fleet of one deployment alone. */
export const FLEET_DIMENSION = "EndpointConfigName";

/** Units as CloudWatch gives them. */
export type MetricUnit = "Microseconds" | "Percent" | "None";

/** How a metric's values are read. A 0 or 1 for each request has its share as the average. */
export type Statistic = "Sum" | "Average" | "Maximum" | "p50" | "p99";

/** A metric that SageMaker publishes for an endpoint. */
export interface Metric {
    readonly namespace: "AWS/SageMaker" | "/aws/sagemaker/Endpoints";
    readonly unit: MetricUnit;
    readonly dimensions: readonly Dimension[];
    /** The statistics that say something, the one to draw first. */
    readonly statistics: readonly [Statistic, ...Statistic[]];
    /** What a value says, for a chart's legend or a scrape's HELP. */
    readonly help: string;
    /** Published only for an endpoint with a multi-model container. @default false */
    readonly multiModel?: true;
}

const VARIANT = ["EndpointName", "VariantName"] as const;

/** Of the requests of a variant; where the containers are called one by one, of one container too, by ContainerName. */
const requests = (help: string) =>
    ({
        namespace: "AWS/SageMaker",
        unit: "None",
        dimensions: VARIANT,
        statistics: ["Sum"],
        help,
    }) as const satisfies Metric;

/** 1 for a request that failed, else 0. */
const failures = (help: string) => ({ ...requests(help), statistics: ["Sum", "Average"] }) as const satisfies Metric;

const latency = (help: string, dimensions: readonly Dimension[] = VARIANT) =>
    ({
        namespace: "AWS/SageMaker",
        unit: "Microseconds",
        dimensions,
        statistics: ["p50", "p99", "Average"],
        help,
    }) as const satisfies Metric;

const modelTime = (help: string) =>
    ({
        namespace: "AWS/SageMaker",
        unit: "Microseconds",
        dimensions: VARIANT,
        statistics: ["Average", "Maximum"],
        help,
        multiModel: true,
    }) as const satisfies Metric;

const utilization = (help: string) =>
    ({
        namespace: "/aws/sagemaker/Endpoints",
        unit: "Percent",
        dimensions: VARIANT,
        statistics: ["Average", "Maximum"],
        help,
    }) as const satisfies Metric;

/**
 * The metrics of an endpoint, by CloudWatch's names: what the local host publishes and what dashboards and alarms read.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 */
export const METRICS = {
    Invocations: requests("Requests sent to the containers"),
    InvocationsPerInstance: requests("Requests sent to the containers, by the instances of the variant"),
    Invocation4XXErrors: failures("Requests that a container answered with 4xx"),
    Invocation5XXErrors: failures("Requests that a container answered with 5xx"),
    InvocationModelErrors: requests(
        "Requests that got no 2xx response: 4xx, 5xx, time-outs, broken connections, malformed responses",
    ),
    ModelLatency: latency("Microseconds that the containers took together"),
    OverheadLatency: latency("Microseconds from the arrival of a request to its answer, less ModelLatency"),
    ContainerLatency: latency("Microseconds that one container took", [...VARIANT, "ContainerName"]),
    ModelLoadingWaitTime: modelTime(
        "Microseconds that a request waited for its model to be downloaded, loaded, or both",
    ),
    ModelDownloadingTime: modelTime("Microseconds that the download of a model took"),
    ModelLoadingTime: modelTime("Microseconds that the container took to load a model"),
    ModelUnloadingTime: modelTime("Microseconds that the container took to unload a model"),
    ModelCacheHit: {
        namespace: "AWS/SageMaker",
        unit: "None",
        dimensions: VARIANT,
        statistics: ["Average"],
        help: "1 for a request whose model was loaded already, else 0; the average is the hit ratio",
        multiModel: true,
    },
    LoadedModelCount: {
        namespace: "/aws/sagemaker/Endpoints",
        unit: "None",
        dimensions: VARIANT,
        statistics: ["Average", "Maximum"],
        help: "Models that the containers of an instance hold in memory",
        multiModel: true,
    },
    CPUUtilization: utilization("Percent of one core that is used; up to 100 for each core of the instance"),
    MemoryUtilization: utilization("Percent of an instance's memory that its containers use"),
    DiskUtilization: utilization("Percent of an instance's disk space that its containers use"),
    GPUUtilization: utilization("Percent of one GPU that is used; up to 100 for each GPU of the instance"),
    GPUMemoryUtilization: utilization(
        "Percent of one GPU's memory that is used; up to 100 for each GPU of the instance",
    ),
} as const satisfies Readonly<Record<string, Metric>>;
