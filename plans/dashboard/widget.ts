import type { Input } from "@pulumi/pulumi";

/** What CloudWatch accepts of a dashboard. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export const DASHBOARD_LIMITS = {
    columns: 24,
    rows: 1000,
    widgets: 500,
    /** Metrics and expressions of one widget, and of all. */
    widgetMetrics: 500,
    metrics: 2500,
    /** Alarms of a widget that shows their state. */
    widgetAlarms: 100,
} as const;

/** What stands at the end of a line of a chart. */
export interface LineOptions {
    readonly id?: string;
    readonly label?: string;
    readonly stat?: string;
    readonly visible?: boolean;
    readonly expression?: string;
}

/** A line in CloudWatch's form: namespace, name, dimensions, options; or the options of an expression alone. */
export type MetricEntry = readonly (string | LineOptions)[];

interface ChartProperties {
    readonly title: string;
    readonly region: Input<string>;
    readonly view: "timeSeries";
    readonly stacked: boolean;
    readonly period: number;
    readonly metrics: readonly MetricEntry[];
    readonly yAxis: { readonly left: { readonly min: 0; readonly label: string; readonly showUnits: false } };
    readonly annotations?: { readonly horizontal: readonly { readonly label: string; readonly value: number }[] };
}

/** What a widget shows. */
export type WidgetContent =
    | { readonly type: "text"; readonly properties: { readonly markdown: string } }
    | { readonly type: "metric"; readonly properties: ChartProperties }
    | {
          readonly type: "alarm";
          readonly properties: { readonly title: string; readonly alarms: readonly Input<string>[] };
      }
    | {
          readonly type: "log";
          readonly properties: {
              readonly title: string;
              readonly region: Input<string>;
              readonly view: "table";
              readonly query: string;
          };
      };

/** A widget that has no place yet; in columns, of which a dashboard has 24, and rows. */
export type Widget = WidgetContent & { readonly width: number; readonly height: number };

export type PlacedWidget = Widget & { readonly x: number; readonly y: number };

/** A dashboard, to be turned into JSON once its inputs are known. */
export interface DashboardBody {
    readonly widgets: readonly PlacedWidget[];
}
