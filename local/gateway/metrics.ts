import { Counter, Registry } from "prom-client";
import { LatencySummary } from "./latency-summary.ts";

/** One metric of one variant or container since the start. */
export interface MetricSummary {
    /** CloudWatch's name of the metric. */
    readonly metric: string;
    readonly endpoint: string;
    readonly variant: string;
    /** Set for ContainerLatency, and for what is counted a container in Direct mode. */
    readonly container: string | undefined;
    /** How many were counted, or measured. */
    readonly count: number;
    /** In microseconds; absent for a metric that only counts. */
    readonly latency?: { readonly average: number; readonly p50: number; readonly p99: number };
}

/** The dimensions of a metric, under CloudWatch's names. */
export type Dimensions = Readonly<Partial<Record<(typeof DIMENSIONS)[number], string>>>;
const DIMENSIONS = ["EndpointName", "VariantName", "ContainerName"] as const;

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
    private readonly invocations = this.counter("Invocations", "Requests sent to the containers");
    private readonly clientErrors = this.counter("Invocation4XXErrors", "Requests that a container answered with 4xx");
    private readonly serverErrors = this.counter("Invocation5XXErrors", "Requests that a container answered with 5xx");
    private readonly modelErrors = this.counter(
        "InvocationModelErrors",
        "Requests that got no 2xx response: 4xx, 5xx, time-outs, broken connections, malformed responses",
    );
    private readonly modelLatency = this.latency("ModelLatency", "Microseconds that the containers took together");
    private readonly overheadLatency = this.latency(
        "OverheadLatency",
        "Microseconds from the arrival of a request to its answer, less ModelLatency",
    );
    private readonly containerLatency = this.latency("ContainerLatency", "Microseconds that one container took");

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
        return metrics.flatMap(({ name, values }) => summarise(name, values));
    }

    private counter(name: string, help: string): Counter<keyof Dimensions> {
        return new Counter({ name, help, labelNames: DIMENSIONS, registers: [this.registry] });
    }

    private latency(name: string, help: string): LatencySummary<keyof Dimensions> {
        return new LatencySummary({ name, help, labelNames: DIMENSIONS, registers: [this.registry] });
    }
}

/** What prom-client keeps as several values, such as a quantile or a sum, becomes one row for each set of dimensions. */
function summarise(metric: string, values: readonly Figure[]): MetricSummary[] {
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
        if (figures.length === 1 && only !== undefined) return { ...row, count: only.value };
        const count = named(`${metric}_count`);
        const average = Math.round(named(`${metric}_sum`) / count);
        return { ...row, count, latency: { average, p50: quantile(0.5), p99: quantile(0.99) } };
    });
}
