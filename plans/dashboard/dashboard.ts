import type { Input } from "@pulumi/pulumi";
import type { Thresholds } from "../alarms/kinds.ts";
import { endpointLogGroup } from "../log-groups.ts";
import type { WatchedEndpoint } from "../watched-endpoint.ts";
import { chartWidget } from "./chart.ts";
import { guide } from "./guide.ts";
import { layOut } from "./layout.ts";
import { sections } from "./sections.ts";
import { DASHBOARD_LIMITS, type DashboardBody, type Widget } from "./widget.ts";

/** A stack's dashboard. */
export interface DashboardSettings {
    /** Markdown that stands on top, such as links to a runbook. @default - none */
    readonly notes?: string;
}

/** What a dashboard shows beside the endpoint's metrics. */
export interface DashboardContext extends DashboardSettings {
    readonly region: Input<string>;
    /** Level of each alarm that there is. @default - no alarms */
    readonly thresholds?: Thresholds;
    /** ARNs of alarms whose state is shown; more than CloudWatch shows in one widget are left out. @default - no alarms */
    readonly alarms?: readonly Input<string>[];
}

const { columns } = DASHBOARD_LIMITS;

const text = (markdown: string, height: number): Widget => ({
    type: "text",
    width: columns,
    height,
    properties: { markdown },
});

/** A line of the text widget takes about half of a row, and a long one two. */
const introduction = (watched: WatchedEndpoint, notes: string | undefined): Widget => {
    const lines = guide(watched);
    const markdown = [
        `# ${watched.name}`,
        ...(notes === undefined ? [] : [notes]),
        ...lines.map((line) => `- ${line}`),
    ];
    return text(markdown.join("\n"), 2 + Math.ceil(0.75 * (lines.length + (notes?.split("\n").length ?? 0))));
};

const errorLog = (endpoint: string, region: Input<string>): Widget => ({
    type: "log",
    width: columns,
    height: 8,
    properties: {
        title: "Errors in the containers' logs",
        region,
        view: "table",
        query:
            `SOURCE '${endpointLogGroup(endpoint)}' | fields @timestamp, @logStream, @message ` +
            "| filter @message like /(?i)(error|exception|traceback|killed)/ | sort @timestamp desc | limit 50",
    },
});

/** The body of a dashboard made for what the endpoint hosts: text, the alarms' states, a row of charts for each question, the log. */
export function dashboardBody(watched: WatchedEndpoint, context: DashboardContext): DashboardBody {
    const { region, notes, thresholds = {}, alarms = [] } = context;
    const states: Widget = {
        type: "alarm",
        width: columns,
        height: 2 + Math.ceil(Math.min(alarms.length, DASHBOARD_LIMITS.widgetAlarms) / 4),
        properties: { title: "Alarms", alarms: alarms.slice(0, DASHBOARD_LIMITS.widgetAlarms) },
    };
    return {
        widgets: layOut([
            introduction(watched, notes),
            ...(alarms.length > 0 ? [states] : []),
            ...sections({ watched, thresholds }).flatMap(({ title, charts }) => [
                text(`## ${title}`, 1),
                ...charts.filter(({ lines }) => lines.length > 0).map((chart) => chartWidget(chart, region)),
            ]),
            errorLog(watched.name, region),
        ]),
    };
}
