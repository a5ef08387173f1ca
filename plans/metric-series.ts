import { type Dimension, type MetricName, METRICS } from "./metrics.ts";

/** One series of a metric, as CloudWatch names it. */
export interface MetricSeries {
    readonly namespace: string;
    readonly metricName: MetricName;
    readonly dimensions: Readonly<Partial<Record<Dimension, string>>>;
}

/** Which endpoint, variant and container a series is of. */
export type SeriesOf = Readonly<Partial<Record<Dimension, string>>>;

/**
 * The series of a metric of the table.
 * @param of what its dimensions need; more is left out, save the container's name where the metric is kept by container too
 * @throws {RangeError} where a dimension is missing: CloudWatch would accept the series, and it would never have a value
 */
export function metricSeries(metricName: MetricName, of: SeriesOf): MetricSeries {
    const { namespace, dimensions, byContainer } = METRICS[metricName];
    const named: readonly Dimension[] =
        byContainer && of.ContainerName !== undefined ? [...dimensions, "ContainerName"] : dimensions;
    const values = named.map((dimension) => {
        const value = of[dimension];
        if (value === undefined) throw new RangeError(`${metricName} is told apart by ${dimension}, which is missing`);
        return [dimension, value] as const;
    });
    return { namespace, metricName, dimensions: Object.fromEntries(values) };
}
