import { type MetricSeries, metricSeries } from "../metric-series.ts";
import type { Reading } from "../readings.ts";
import type { AlarmKind } from "./kinds.ts";

/** What an alarm makes of periods without data. */
type MissingData = "breaching" | "notBreaching" | "missing";

/** An alarm before it is known who hears of it. */
export interface Alarm {
    readonly kind: AlarmKind;
    /** The variant it watches. @default - all of the endpoint */
    readonly variant?: string;
    /** What it means, for whoever gets the message. */
    readonly description: string;
    /** What is compared with the level, over the metrics below. */
    readonly expression: string;
    /** By the letters that the expression names them by. */
    readonly readings: Readonly<Record<string, Reading>>;
    readonly comparison: "GreaterThanThreshold" | "LessThanThreshold";
    readonly level: number;
    readonly periodSeconds: number;
    /** Of so many periods … */
    readonly periods: number;
    /** … so many at least are beyond the level. */
    readonly breaching: number;
    readonly missingData: MissingData;
}

/** What CloudWatch takes of an alarm's metrics: up to ten of them, and the expression that is compared. */
interface MetricQuery {
    readonly id: string;
    readonly returnData: boolean;
    readonly label?: string;
    readonly expression?: string;
    readonly metric?: Pick<MetricSeries, "metricName" | "namespace"> & {
        readonly dimensions: Record<string, string>;
        readonly period: number;
        readonly stat: string;
    };
}

/** Unique in the account and region, as the endpoint's name is; a slash cannot stand in the names it is made of. */
export const alarmName = (endpoint: string, { kind, variant }: Alarm): string =>
    [endpoint, ...(variant === undefined ? [] : [variant]), kind].join("/");

/** What MetricAlarm takes, save its actions. */
export const alarmFields = (endpoint: string, alarm: Alarm) => ({
    name: alarmName(endpoint, alarm),
    alarmDescription: alarm.description,
    metricQueries: [
        ...Object.entries(alarm.readings).map(([id, { metric, of, statistic }]): MetricQuery => {
            const { namespace, metricName, dimensions } = metricSeries(metric, of);
            const named = { namespace, metricName, dimensions: dimensions as Record<string, string> };
            const returnData = id === alarm.expression; // a metric is compared as it is
            return { id, returnData, metric: { ...named, period: alarm.periodSeconds, stat: statistic } };
        }),
        ...(alarm.expression in alarm.readings
            ? []
            : [{ id: "level", label: alarm.kind, returnData: true, expression: alarm.expression }]),
    ],
    comparisonOperator: alarm.comparison,
    threshold: alarm.level,
    evaluationPeriods: alarm.periods,
    datapointsToAlarm: alarm.breaching,
    treatMissingData: alarm.missingData,
});
