import type { SeriesOf } from "./metric-series.ts";
import { type MetricName, METRICS, type Statistic } from "./metrics.ts";
import type { WatchedEndpoint } from "./watched-endpoint.ts";

/** A metric as it is read: of what, and by which statistic. */
export interface Reading {
    readonly metric: MetricName;
    readonly of: SeriesOf;
    readonly statistic: Statistic;
}

/** @throws {RangeError} where the table does not have that statistic of the metric */
export function read(metric: MetricName, of: SeriesOf, statistic: Statistic): Reading {
    if (!METRICS[metric].statistics.includes(statistic)) throw new RangeError(`${metric} is not read by ${statistic}`);
    return { metric, of, statistic };
}

/** The requests of a variant. An asynchronous endpoint does not count them: there each has a ModelLatency. */
export const requestCount = ({ kind }: WatchedEndpoint, of: SeriesOf): Reading =>
    kind === "asynchronous" ? read("ModelLatency", of, "SampleCount") : read("Invocations", of, "Sum");

/**
 * The requests of a variant that failed by its own fault, as an expression over `b` and `c`. Where SageMaker publishes it, that is what
 * got no 2xx answer and was no 4xx: a container that is dead or too slow answers no 5xx.
 */
export const serverErrors = (
    { kind }: WatchedEndpoint,
    of: SeriesOf,
): { readonly expression: string; readonly readings: Readonly<Record<string, Reading>> } =>
    kind === "real-time"
        ? {
              expression: "FILL(b, 0) - FILL(c, 0)",
              readings: { b: read("InvocationModelErrors", of, "Sum"), c: read("Invocation4XXErrors", of, "Sum") },
          }
        : { expression: "FILL(b, 0)", readings: { b: read("Invocation5XXErrors", of, "Sum") } };
