import { metricSeries } from "../metric-series.ts";
import type { Reading } from "../readings.ts";
import type { LineOptions, MetricEntry } from "./widget.ts";

/** A line of a chart, once it has an id of its own there. */
export type Line = (id: string) => readonly MetricEntry[];

function entry({ metric, of, statistic }: Reading, options: LineOptions): MetricEntry {
    const { namespace, metricName, dimensions } = metricSeries(metric, of);
    return [namespace, metricName, ...Object.entries(dimensions).flat(), { stat: statistic, ...options }];
}

/** A metric as it is. */
export const plain =
    (reading: Reading, label: string): Line =>
    (id) => [entry(reading, { id, label })];

/** What an expression makes of metrics, which it names by the letters `a`, `b`, … and which are not drawn themselves. */
export const computed =
    (expression: string, label: string, readings: Readonly<Record<string, Reading>>): Line =>
    (id) => [
        ...Object.entries(readings).map(([letter, reading]) =>
            entry(reading, { id: `${id}${letter}`, visible: false }),
        ),
        [{ id, label, expression: expression.replaceAll(/\b[a-z]\b/g, (letter) => `${id}${letter}`) }],
    ];

/** A time that is published in microseconds, in milliseconds. */
export const milliseconds = (reading: Reading, label: string): Line => computed("a / 1000", label, { a: reading });

/** Percent of one core or GPU as percent of all; as it is where their number is not known. */
export const ofAll = (reading: Reading, count: number | undefined, label: string): Line =>
    count === undefined || count === 1 ? plain(reading, label) : computed(`a / ${count}`, label, { a: reading });
