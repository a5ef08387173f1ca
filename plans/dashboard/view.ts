import type { Thresholds } from "../alarms/kinds.ts";
import type { SeriesOf } from "../metric-series.ts";
import type { MetricName } from "../metrics.ts";
import { read } from "../readings.ts";
import { publishes, type WatchedEndpoint, type WatchedVariant } from "../watched-endpoint.ts";
import type { Chart } from "./chart.ts";
import { type Line, milliseconds, plain } from "./lines.ts";

/** Charts that answer one question. */
export interface Section {
    readonly title: string;
    readonly charts: readonly Chart[];
}

/** An endpoint with what every chart of it is made from. */
export interface View {
    readonly watched: WatchedEndpoint;
    readonly thresholds: Thresholds;
}

/** Columns of a chart of which two stand side by side. */
export const WIDE = 12;

/** The variant's name before a line's label, where there are several. */
export const named = ({ variants }: WatchedEndpoint, { name }: WatchedVariant, label: string): string =>
    variants.length === 1 ? label : `${name} ${label}`;

export const ofVariant = ({ name }: WatchedEndpoint, variant: WatchedVariant): SeriesOf => ({
    EndpointName: name,
    VariantName: variant.name,
});

/** The lines that each variant has. */
export const eachVariant = (
    watched: WatchedEndpoint,
    lines: (of: SeriesOf, label: (label: string) => string, variant: WatchedVariant) => readonly Line[],
    variants = watched.variants,
): Line[] =>
    variants.flatMap((variant) =>
        lines(ofVariant(watched, variant), (label) => named(watched, variant, label), variant),
    );

/** A chart with the typical and the slow requests of each variant. */
export const latencyChart = (
    { watched }: View,
    metric: MetricName,
    title: string,
    threshold?: number,
    width?: number,
): Chart[] =>
    publishes(watched, metric)
        ? [
              {
                  title,
                  axis: "ms",
                  threshold,
                  ...(width !== undefined && { width }),
                  lines: eachVariant(watched, (of, label) =>
                      (["p50", "p99"] as const).map((statistic) =>
                          milliseconds(read(metric, of, statistic), label(statistic)),
                      ),
                  ),
              },
          ]
        : [];

/** What came in a period of each metric that the endpoint publishes, by its label. */
export const sums = (
    watched: WatchedEndpoint,
    of: SeriesOf,
    metrics: Readonly<Partial<Record<MetricName, string>>>,
): Line[] =>
    (Object.entries(metrics) as [MetricName, string][])
        .filter(([metric]) => publishes(watched, metric))
        .map(([metric, label]) => plain(read(metric, of, "Sum"), label));
