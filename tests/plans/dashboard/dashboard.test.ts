import { expect } from "chai";
import fc from "fast-check";
import { dashboardBody } from "../../../plans/dashboard/dashboard.ts";
import {
    DASHBOARD_LIMITS,
    type DashboardBody,
    type MetricEntry,
    type PlacedWidget,
} from "../../../plans/dashboard/widget.ts";
import type { WatchedEndpoint } from "../../../plans/watched-endpoint.ts";
import { neverPublished, type ReadSeries } from "../../support/published-series.ts";
import { watched, watchedEndpoints } from "../../support/watched-endpoints.ts";

type Chart = Extract<PlacedWidget, { type: "metric" }>;

const body = (of: WatchedEndpoint): DashboardBody => dashboardBody(of, { region: "eu-west-1" });
const charts = ({ widgets }: DashboardBody): Chart[] =>
    widgets.filter((widget): widget is Chart => widget.type === "metric");
const chart = (of: WatchedEndpoint, title: string): Chart | undefined =>
    charts(body(of)).find(({ properties }) => properties.title === title);
const titles = (of: WatchedEndpoint): string[] => charts(body(of)).map(({ properties }) => properties.title);
const options = (entry: MetricEntry) => {
    const last = entry.at(-1);
    if (typeof last !== "object") throw new Error(`no options at the end of ${JSON.stringify(entry)}`);
    return last;
};
/** Labels of the lines that are drawn. */
const labels = (of: WatchedEndpoint, title: string): (string | undefined)[] =>
    (chart(of, title)?.properties.metrics ?? [])
        .map(options)
        .filter(({ visible }) => visible !== false)
        .map(({ label }) => label);

/** The series that a chart reads, in CloudWatch's words. */
const series = ({ properties }: Chart): ReadSeries[] =>
    properties.metrics
        .filter((entry) => entry.length > 1)
        .map((entry) => {
            const [namespace, name, ...rest] = entry.slice(0, -1).map(String);
            const dimensions = Object.fromEntries(
                rest.flatMap((key, index) => (index % 2 === 0 ? [[key, rest[index + 1] ?? ""]] : [])),
            ) as Record<string, string>;
            return { namespace: namespace ?? "", name: name ?? "", dimensions, statistic: options(entry).stat ?? "" };
        });

const overlap = (a: PlacedWidget, b: PlacedWidget): boolean =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe("dashboardBody", () => {
    it("keeps to CloudWatch's grid of 24 columns, without overlaps and within its limits, for every endpoint", () => {
        fc.assert(
            fc.property(watchedEndpoints, fc.option(fc.string(), { nil: undefined }), (endpoint, notes) => {
                const alarms = endpoint.variants.map(({ name }) => `arn:${name}`);
                const context = { region: "eu-west-1", alarms, ...(notes !== undefined && { notes }) };
                const { widgets } = dashboardBody(endpoint, context);
                expect(widgets.length).to.be.at.most(DASHBOARD_LIMITS.widgets);
                for (const [index, widget] of widgets.entries()) {
                    const { x, y, width, height } = widget;
                    for (const number of [x, y, width, height]) expect(Number.isInteger(number)).to.equal(true);
                    expect(Math.min(x, y)).to.be.at.least(0);
                    expect(Math.min(width, height)).to.be.at.least(1);
                    expect(x + width).to.be.at.most(DASHBOARD_LIMITS.columns);
                    expect(height).to.be.at.most(DASHBOARD_LIMITS.rows);
                    const over = widgets.slice(index + 1).find((other) => overlap(widget, other));
                    expect(over, JSON.stringify([widget, over])).to.equal(undefined);
                }
                const counts = charts({ widgets }).map(({ properties }) => properties.metrics.length);
                expect(Math.max(...counts)).to.be.at.most(DASHBOARD_LIMITS.widgetMetrics);
                expect(counts.reduce((sum, count) => sum + count)).to.be.at.most(DASHBOARD_LIMITS.metrics);
            }),
            { numRuns: 50 },
        );
    });

    it("draws metrics that the endpoint publishes, and no others, for every endpoint", () => {
        fc.assert(
            fc.property(watchedEndpoints, (endpoint) => {
                const wrong = charts(body(endpoint))
                    .flatMap(series)
                    .flatMap((read) => neverPublished(endpoint, read) ?? []);
                expect(wrong).to.deep.equal([]);
            }),
            { numRuns: 50 },
        );
    });

    it("gives each line of a chart an id of its own, and names in expressions only what the chart has", () => {
        fc.assert(
            fc.property(watchedEndpoints, (endpoint) => {
                for (const { properties } of charts(body(endpoint))) {
                    const lines = properties.metrics.map(options);
                    const ids = lines.map(({ id }) => id ?? "");
                    expect(new Set(ids).size).to.equal(ids.length);
                    for (const id of ids) expect(id).to.match(/^[a-z]\w*$/);
                    const named = lines.flatMap(({ expression }) => expression?.match(/\bm\w+/g) ?? []);
                    expect(ids).to.include.members(named);
                    expect(lines.some(({ visible }) => visible !== false)).to.equal(true, properties.title);
                }
            }),
            { numRuns: 50 },
        );
    });

    it("has no chart by container, no models, no queue and no GPUs for one container on a CPU", () => {
        expect(titles(watched())).to.deep.equal([
            "Requests",
            "Errors",
            "Server errors, share of requests",
            "Model latency: all containers",
            "Overhead latency: SageMaker's own",
            "Instances",
            "CPU, of all cores",
            "Memory",
            "Disk",
        ]);
    });

    it("splits the latency of a pipeline by container, as parts of a sum", () => {
        const pipeline = watched({ containers: ["preprocess", "predict"] });
        const split = chart(pipeline, "average model latency, by container");
        expect(split?.properties.stacked).to.equal(true);
        expect(labels(pipeline, "average model latency, by container")).to.deep.equal(["preprocess", "predict"]);
        expect(split === undefined ? [] : series(split)[0]).to.deep.equal({
            namespace: "AWS/SageMaker",
            name: "ContainerLatency",
            dimensions: { EndpointName: "demo", VariantName: "main", ContainerName: "preprocess" },
            statistic: "Average",
        });
    });

    it("compares containers that are called one by one, and does not add them up", () => {
        const direct = watched({ containers: ["a", "b"], mode: "direct" });
        expect(titles(direct)).to.include.members(["requests by container", "errors by container", "p99 by container"]);
        expect(titles(direct)).not.to.include("average model latency, by container");
        expect(labels(direct, "requests by container")).to.deep.equal(["a", "b"]);
    });

    it("shows loading and cache hits where a container holds many models", () => {
        expect(titles(watched({ multiModel: true }))).to.include.members([
            "Cache hits, share of requests",
            "Models in memory",
            "Waiting for a model",
        ]);
    });

    it("shows the queue of an asynchronous endpoint, and counts its requests by what it publishes", () => {
        const asynchronous = watched({ kind: "asynchronous" });
        expect(titles(asynchronous)).to.include.members(["Requests in the queue", "Age of the oldest request"]);
        const requests = chart(asynchronous, "Requests");
        expect(requests === undefined ? [] : series(requests)[0]).to.include({
            name: "ModelLatency",
            statistic: "SampleCount",
        });
    });

    it("shows GPUs where the variant has some, as percent of all of them", () => {
        const withGpus = watched({ variants: [{ name: "main", weight: 1, cores: 48, gpus: 4 }] });
        const expressions = chart(withGpus, "GPU, of all GPUs")?.properties.metrics.map(
            (entry) => options(entry).expression,
        );
        expect(expressions).to.deep.equal([undefined, "m0a / 4", undefined, "m1a / 4"]);
    });

    it("draws what runs on one core or on an unknown number of them as it is", () => {
        const unknown = watched({ variants: [{ name: "main", weight: 1, cores: undefined, gpus: 0 }] });
        const entries = chart(unknown, "CPU, of all cores")?.properties.metrics ?? [];
        expect(entries.map((entry) => options(entry).expression)).to.deep.equal([undefined, undefined]);
    });

    it("tells variants apart by name where there are several", () => {
        const variants = ["stable", "next"].map((name) => ({ name, weight: 1, cores: 2, gpus: 0 }));
        expect(labels(watched({ variants }), "Requests")).to.deep.equal(["stable requests", "next requests"]);
        expect(labels(watched(), "Requests")).to.deep.equal(["requests"]);
    });

    it("draws the level at which an alarm goes off", () => {
        const { widgets } = dashboardBody(watched(), { region: "eu-west-1", thresholds: { latency: 800 } });
        const drawn = charts({ widgets }).filter(({ properties }) => properties.annotations !== undefined);
        expect(drawn.map(({ properties }) => properties.annotations?.horizontal[0]?.value)).to.deep.equal([800]);
    });

    it("begins with what to look at and the stack's own notes, and ends with the errors of the endpoint's log", () => {
        const context = { region: "eu-west-1", notes: "[runbook](https://example.com)" };
        const { widgets } = dashboardBody(watched({ containers: ["first", "second"] }), context);
        const [first, last] = [widgets[0], widgets.at(-1)];
        const markdown = first?.type === "text" ? first.properties.markdown : "";
        expect(markdown).to.contain("[runbook](https://example.com)").and.to.contain("`first` → `second`");
        expect(last?.type === "log" ? last.properties.query : "").to.contain("SOURCE '/aws/sagemaker/Endpoints/demo'");
    });
});
