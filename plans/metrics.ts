import type { EndpointKind } from "./endpoint-kind.ts";

/** What tells the series of a metric apart, under CloudWatch's names. */
export type Dimension = "EndpointName" | "VariantName" | "ContainerName";

/** A further dimension of the metrics of requests: one configuration, and so the fleet of one deployment alone. */
export const FLEET_DIMENSION = "EndpointConfigName";

/** Units as CloudWatch gives them. */
export type MetricUnit = "Microseconds" | "Seconds" | "Percent" | "Count" | "None";

/** How a metric's values are read. A 0 or 1 for each request has its share as the average. */
export type Statistic = "Sum" | "Average" | "Maximum" | "SampleCount" | "p50" | "p99";

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
    /** Where containers are called one by one: published for each of them too, by ContainerName. @default false */
    readonly byContainer?: true;
    /** The kinds of endpoints that publish it. @default - all */
    readonly kinds?: readonly EndpointKind[];
}

const ENDPOINT = ["EndpointName"] as const;
const VARIANT = ["EndpointName", "VariantName"] as const;

/** Requests come in while the client waits: what an asynchronous endpoint does not publish. */
const WAITED_FOR = ["real-time", "serverless"] as const;
/** There are instances: what a serverless endpoint does not publish. */
const ON_INSTANCES = ["real-time", "asynchronous"] as const;

/** A metric of a variant's requests, unless it says otherwise. */
const requests = (help: string, different: Partial<Metric> = {}): Metric => ({
    namespace: "AWS/SageMaker",
    unit: "None",
    dimensions: VARIANT,
    statistics: ["Sum"],
    help,
    ...different,
});

/** 1 for a request that failed, else 0. */
const failures = (help: string): Metric => requests(help, { byContainer: true, statistics: ["Sum", "Average"] });

const latency = (help: string, different: Partial<Metric> = {}): Metric => ({
    namespace: "AWS/SageMaker",
    unit: "Microseconds",
    dimensions: VARIANT,
    statistics: ["p50", "p99", "Average", "SampleCount"],
    help,
    ...different,
});

const modelTime = (help: string): Metric => ({
    namespace: "AWS/SageMaker",
    unit: "Microseconds",
    dimensions: VARIANT,
    statistics: ["Average", "Maximum"],
    help,
    multiModel: true,
    kinds: ["real-time"],
});

/** Read once a minute on each instance, so the number of samples of a minute is the number of instances. */
const utilization = (help: string, different: Partial<Metric> = {}): Metric => ({
    namespace: "/aws/sagemaker/Endpoints",
    unit: "Percent",
    dimensions: VARIANT,
    statistics: ["Average", "Maximum", "SampleCount"],
    help,
    kinds: ON_INSTANCES,
    ...different,
});

/** Of the queue before an asynchronous endpoint, which its variants share. */
const queue = (help: string, unit: MetricUnit = "Count"): Metric => ({
    namespace: "AWS/SageMaker",
    unit,
    dimensions: ENDPOINT,
    statistics: ["Maximum", "Average"],
    help,
    kinds: ["asynchronous"],
});

const ASYNCHRONOUS = { kinds: ["asynchronous"] } as const;

const TABLE = {
    Invocations: requests("Requests sent to the containers", { byContainer: true, kinds: WAITED_FOR }),
    InvocationsPerInstance: requests("Requests sent to the containers, by the instances of the variant", {
        kinds: ["real-time"],
    }),
    Invocation4XXErrors: failures("Requests that a container answered with 4xx"),
    Invocation5XXErrors: failures("Requests that a container answered with 5xx"),
    InvocationModelErrors: requests(
        "Requests that got no 2xx response: 4xx, 5xx, time-outs, broken connections, malformed responses",
        { kinds: ["real-time"] },
    ),
    ModelLatency: latency("Microseconds that the containers took together"),
    OverheadLatency: latency("Microseconds from the arrival of a request to its answer, less ModelLatency", {
        byContainer: true,
        kinds: WAITED_FOR,
    }),
    ContainerLatency: latency("Microseconds that one container took", {
        dimensions: [...VARIANT, "ContainerName"],
        kinds: ["real-time"],
    }),
    ModelSetupTime: latency("Microseconds to launch compute for a request that found none", { kinds: ["serverless"] }),
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
        kinds: ["real-time"],
    },
    LoadedModelCount: {
        namespace: "/aws/sagemaker/Endpoints",
        unit: "None",
        dimensions: VARIANT,
        statistics: ["Average", "Maximum"],
        help: "Models that the containers of an instance hold in memory",
        multiModel: true,
        kinds: ["real-time"],
    },
    CPUUtilization: utilization("Percent of one core that is used; up to 100 for each core of the instance"),
    MemoryUtilization: utilization("Percent of an instance's memory that its containers use", {
        kinds: [...ON_INSTANCES, "serverless"],
    }),
    DiskUtilization: utilization("Percent of an instance's disk space that its containers use"),
    GPUUtilization: utilization("Percent of one GPU that is used; up to 100 for each GPU of the instance"),
    GPUMemoryUtilization: utilization(
        "Percent of one GPU's memory that is used; up to 100 for each GPU of the instance",
    ),
    ApproximateBacklogSize: queue("Requests that wait in the queue or are worked on"),
    ApproximateBacklogSizePerInstance: queue("Requests in the queue, by the instances of the endpoint"),
    ApproximateAgeOfOldestRequest: queue("Seconds since the oldest request in the queue came", "Seconds"),
    HasBacklogWithoutCapacity: queue("1 while requests wait and there is no instance, else 0"),
    InvocationFailures: requests("Requests of the queue that failed, for any reason", {
        ...ASYNCHRONOUS,
        unit: "Count",
    }),
    RequestDownloadFailures: requests("Requests that failed since their input could not be read from S3", {
        ...ASYNCHRONOUS,
        unit: "Count",
    }),
    ResponseUploadFailures: requests("Requests that failed since their output could not be written to S3", {
        ...ASYNCHRONOUS,
        unit: "Count",
    }),
    ExpiredRequests: requests("Requests that waited in the queue for longer than they may", {
        ...ASYNCHRONOUS,
        unit: "Count",
    }),
    NotificationFailures: requests("Notifications of success or failure that could not be sent", {
        ...ASYNCHRONOUS,
        unit: "Count",
    }),
    RequestDownloadLatency: latency("Microseconds that the download of a request's input took", ASYNCHRONOUS),
    ResponseUploadLatency: latency("Microseconds that the upload of a request's output took", ASYNCHRONOUS),
} as const satisfies Readonly<Record<string, Metric>>;

/** A metric's name at CloudWatch. */
export type MetricName = keyof typeof TABLE;

/**
 * The metrics of an endpoint, by CloudWatch's names: what the local host publishes and what dashboards and alarms read. Triton's own
 * metrics are not among them: SageMaker publishes none of them under these namespaces.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-monitor.html
 */
export const METRICS: Readonly<Record<MetricName, Metric>> = TABLE;
