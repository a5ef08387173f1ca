import { METRICS, type MetricName } from "../../plans/metrics.ts";
import { publishes, type WatchedEndpoint } from "../../plans/watched-endpoint.ts";

/** A series that is read, in CloudWatch's own words. */
export interface ReadSeries {
    readonly namespace: string;
    readonly name: string;
    readonly dimensions: Readonly<Record<string, string>>;
    readonly statistic: string;
}

/** What keeps the endpoint from ever publishing the series, by the table of metrics; undefined where it does publish it. */
export function neverPublished(watched: WatchedEndpoint, series: ReadSeries): string | undefined {
    const { namespace, name, dimensions, statistic } = series;
    const what = JSON.stringify(series);
    if (!(name in METRICS)) return `no metric of that name: ${what}`;
    const metric = METRICS[name as MetricName];
    if (metric.namespace !== namespace) return `another namespace: ${what}`;
    if (!publishes(watched, name as MetricName)) return `not published by an endpoint like this: ${what}`;
    if (!(metric.statistics as readonly string[]).includes(statistic)) return `another statistic: ${what}`;
    const keys = Object.keys(dimensions);
    const possible: (readonly string[])[] = [metric.dimensions];
    if (metric.byContainer && watched.mode === "direct") possible.push([...metric.dimensions, "ContainerName"]);
    if (!possible.some((wanted) => wanted.join() === keys.join())) return `other dimensions: ${what}`;
    const { EndpointName: endpoint, VariantName: variant, ContainerName: container } = dimensions;
    if (endpoint !== watched.name) return `another endpoint: ${what}`;
    const variantOf = watched.variants.find((known) => known.name === variant);
    if (variant !== undefined && variantOf === undefined) return `no such variant: ${what}`;
    if (name.startsWith("GPU") && variantOf?.gpus === 0) return `no GPUs: ${what}`;
    if (container !== undefined && !watched.containers.includes(container)) return `no such container: ${what}`;
    return undefined;
}
