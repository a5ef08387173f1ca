import type { Input } from "@pulumi/pulumi";
import type { Line } from "./lines.ts";
import type { Widget } from "./widget.ts";

/** A chart, before it is known where the metrics are. */
export interface Chart {
    readonly title: string;
    /** What the left axis counts. */
    readonly axis: string;
    readonly lines: readonly Line[];
    /** The lines add up. @default false */
    readonly stacked?: boolean;
    /** Columns. @default 8: three side by side */
    readonly width?: number;
    /** Drawn as a level: where an alarm's threshold is. @default - none */
    readonly threshold?: number | undefined;
}

const HEIGHT = 6;
/** Seconds: as often as SageMaker publishes. */
const PERIOD = 60;

/** A chart as a widget. */
export const chartWidget = (chart: Chart, region: Input<string>): Widget => ({
    type: "metric",
    width: chart.width ?? 8,
    height: HEIGHT,
    properties: {
        title: chart.title,
        region,
        view: "timeSeries",
        stacked: chart.stacked ?? false,
        period: PERIOD,
        metrics: chart.lines.flatMap((line, index) => line(`m${index}`)),
        yAxis: { left: { min: 0, label: chart.axis, showUnits: false } },
        ...(chart.threshold !== undefined && {
            annotations: { horizontal: [{ label: "alarm", value: chart.threshold }] },
        }),
    },
});
