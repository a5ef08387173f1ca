import { Counter, Gauge, Registry } from "prom-client";
import { type Dimension, type MetricName, METRICS } from "../../plans/metrics.ts";
import { LatencySummary } from "./latency-summary.ts";
import type { ModelRecorder, ModelUse } from "./served-models.ts";

/** One metric of one variant or container since the start. */
export interface MetricSummary {
    /** CloudWatch's name of the metric. */
    readonly metric: string;
    readonly endpoint: string;
    readonly variant: string;
    /** Set for ContainerLatency, and for what is counted a container in Direct mode. */
    readonly container: string | undefined;
    /** How many were counted, or measured; 1 for what is read when it is asked for. */
    readonly count: number;
    /** In microseconds; absent for a metric that is no time. */
    readonly latency?: { readonly average: number; readonly p50: number; readonly p99: number };
    /** The share of ModelCacheHit from 0 to 1, the number of LoadedModelCount, the percent of a utilization; absent otherwise. */
    readonly level?: number;
}

/** The dimensions of a metric, under CloudWatch's names. */
export type Dimensions = Readonly<Partial<Record<Dimension, string>>>;
const DIMENSIONS: readonly Dimension[] = ["EndpointName", "VariantName", "ContainerName"];

/** What is read when metrics are asked for, rather than counted. */
const READ: ReadonlySet<MetricName> = new Set(["LoadedModelCount", "DiskUtilization", "MemoryUtilization"]);

/** A value as prom-client keeps it. */
interface Figure {
    readonly value: number;
    readonly labels: Readonly<Partial<Record<string, string | number>>>;
    readonly metricName?: string;
}

/** Records the requests of one variant, or of one container in Direct mode. */
export interface RequestRecorder {
    started(): void;
    /** Times in milliseconds. */
    finished(modelMs: number, overheadMs: number): void;
    /** A container's status that is not 2xx, or 0 where it gave no complete response. */
    failed(status: number): void;
}

/** The gateway's metrics, under CloudWatch's names and in its units. */
export class GatewayMetrics {
    private readonly registry = new Registry();
    private readonly invocations = this.counter("Invocations");
    private readonly clientErrors = this.counter("Invocation4XXErrors");
    private readonly serverErrors = this.counter("Invocation5XXErrors");
    private readonly modelErrors = this.counter("InvocationModelErrors");
    private readonly modelLatency = this.summaryOf("ModelLatency");
    private readonly overheadLatency = this.summaryOf("OverheadLatency");
    private readonly containerLatency = this.summaryOf("ContainerLatency");
    private readonly loadingWaitTime = this.summaryOf("ModelLoadingWaitTime");
    private readonly downloadingTime = this.summaryOf("ModelDownloadingTime");
    private readonly loadingTime = this.summaryOf("ModelLoadingTime");
    private readonly unloadingTime = this.summaryOf("ModelUnloadingTime");
    private readonly cacheHit = this.summaryOf("ModelCacheHit");
    private readonly modelUses: { readonly dimensions: Dimensions; readonly use: () => ModelUse }[] = [];

    constructor() {
        this.gauge("LoadedModelCount", ({ loaded }) => loaded);
        this.gauge("DiskUtilization", ({ diskPercent }) => diskPercent);
        this.gauge("MemoryUtilization", ({ memoryPercent }) => memoryPercent());
    }

    requests(dimensions: Dimensions): RequestRecorder {
        const counters = [this.invocations, this.clientErrors, this.serverErrors, this.modelErrors];
        // A scrape shows every variant from the start.
        for (const counter of counters) counter.inc(dimensions, 0);
        const modelLatency = this.modelLatency.recorder(dimensions);
        const overheadLatency = this.overheadLatency.recorder(dimensions);
        return {
            started: () => {
                this.invocations.inc(dimensions);
            },
            finished: (modelMs, overheadMs) => {
                modelLatency(modelMs * 1000);
                overheadLatency(overheadMs * 1000);
            },
            failed: (status) => {
                this.modelErrors.inc(dimensions);
                if (status >= 400 && status < 500) this.clientErrors.inc(dimensions);
                if (status >= 500) this.serverErrors.inc(dimensions);
            },
        };
    }

    /** Returns what records one container's latency, in milliseconds. */
    container(dimensions: Dimensions): (milliseconds: number) => void {
        const latency = this.containerLatency.recorder(dimensions);
        return (milliseconds) => {
            latency(milliseconds * 1000);
        };
    }

    /** Returns what records the models of a multi-model container, whose use is read whenever metrics are asked for. */
    models(dimensions: Dimensions, use: () => ModelUse): ModelRecorder {
        this.modelUses.push({ dimensions, use });
        const hit = this.cacheHit.recorder(dimensions);
        const time = (summary: LatencySummary<Dimension>) => {
            const record = summary.recorder(dimensions);
            return (milliseconds: number): void => {
                record(milliseconds * 1000);
            };
        };
        return {
            hit: (isLoaded) => {
                hit(isLoaded ? 1 : 0);
            },
            waited: time(this.loadingWaitTime),
            downloaded: time(this.downloadingTime),
            loaded: time(this.loadingTime),
            unloaded: time(this.unloadingTime),
        };
    }

    /** In the text format that Prometheus scrapes. */
    text(): Promise<string> {
        return this.registry.metrics();
    }

    get contentType(): string {
        return this.registry.contentType;
    }

    /** Everything recorded so far, metric by metric. */
    async summary(): Promise<readonly MetricSummary[]> {
        const metrics = await this.registry.getMetricsAsJSON();
        return metrics.flatMap(({ name, values }) => summarise(name as MetricName, values));
    }

    private counter(name: MetricName): Counter<Dimension> {
        return new Counter(this.configuration(name));
    }

    private summaryOf(name: MetricName): LatencySummary<Dimension> {
        return new LatencySummary(this.configuration(name));
    }

    /** A metric of multi-model containers that is read rather than counted. */
    private gauge(name: MetricName, read: (use: ModelUse) => number | undefined | Promise<number | undefined>): void {
        const { modelUses } = this;
        new Gauge({
            ...this.configuration(name),
            async collect() {
                for (const { dimensions, use } of modelUses) {
                    const value = await read(use());
                    if (value !== undefined) this.set(dimensions, value);
                }
            },
        });
    }

    private configuration(name: MetricName) {
        return { name, help: METRICS[name].help, labelNames: DIMENSIONS, registers: [this.registry] };
    }
}

/** What prom-client keeps as several values, such as a quantile or a sum, becomes one row for each set of dimensions. */
function summarise(metric: MetricName, values: readonly Figure[]): MetricSummary[] {
    const rows = Map.groupBy(values, ({ labels }) => DIMENSIONS.map((name) => labels[name] ?? "").join("/"));
    return [...rows.values()].map((figures): MetricSummary => {
        const named = (name: string): number => figures.find(({ metricName }) => metricName === name)?.value ?? 0;
        const quantile = (q: number): number =>
            Math.round(figures.find(({ labels }) => labels["quantile"] === q)?.value ?? 0);
        const labels = figures[0]?.labels ?? {};
        const row = {
            metric,
            endpoint: String(labels["EndpointName"]),
            variant: String(labels["VariantName"]),
            container: labels["ContainerName"]?.toString(),
        };
        const [only] = figures;
        if (figures.length === 1 && only !== undefined) {
            return READ.has(metric) ? { ...row, count: 1, level: only.value } : { ...row, count: only.value };
        }
        const count = named(`${metric}_count`);
        const average = named(`${metric}_sum`) / count;
        if (METRICS[metric].unit !== "Microseconds") return { ...row, count, level: average };
        return { ...row, count, latency: { average: Math.round(average), p50: quantile(0.5), p99: quantile(0.99) } };
    });
}
