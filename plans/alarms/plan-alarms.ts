import type { SeriesOf } from "../metric-series.ts";
import type { MetricName, Statistic } from "../metrics.ts";
import { read, type Reading, requestCount, serverErrors } from "../readings.ts";
import { publishes, type WatchedEndpoint, type WatchedVariant } from "../watched-endpoint.ts";
import type { Alarm } from "./alarm.ts";
import type { AlarmKind } from "./kinds.ts";
import { type AlarmSettings, levelOf, MIN_REQUESTS } from "./settings.ts";

/** An alarm without its level. */
type Unset = Omit<Alarm, "level">;

/** Five minutes; two of three beyond the level go off after ten, and one bad moment does not. */
const QUICK = { periodSeconds: 300, periods: 3, breaching: 2 } as const;
/** A quarter of an hour without a break: instances may be busy for a while. */
const LASTING = { periodSeconds: 300, periods: 3, breaching: 3 } as const;

/** Without requests there is no share and no latency, which is no fault; that there are none is another alarm's matter. */
const NO_REQUESTS = { missingData: "notBreaching" } as const;

/** Alarms of one variant. */
function ofVariant(watched: WatchedEndpoint, variant: WatchedVariant, settings: AlarmSettings): Unset[] {
    const of: SeriesOf = { EndpointName: watched.name, VariantName: variant.name };
    const requests = requestCount(watched, of);
    /** `otherwise` where there were too few requests to say anything. */
    const guarded = (expression: string, otherwise: number): string =>
        `IF(a >= ${settings.minRequests ?? MIN_REQUESTS}, ${expression}, ${otherwise})`;
    const common = { variant: variant.name, comparison: "GreaterThanThreshold" } as const;
    const errors = serverErrors(watched, of);

    const slow = (kind: AlarmKind, metric: MetricName, description: string): Unset[] =>
        publishes(watched, metric)
            ? [
                  {
                      ...common,
                      ...QUICK,
                      ...NO_REQUESTS,
                      kind,
                      description,
                      expression: guarded("b / 1000", 0),
                      readings: { a: requests, b: read(metric, of, "p99") },
                  },
              ]
            : [];
    /** A gap says nothing of how full an instance is, so there the alarm has no opinion. */
    const full = (
        kind: AlarmKind,
        metric: MetricName,
        statistic: Statistic,
        count: number | undefined,
        description: string,
    ): Unset[] =>
        count === undefined || count === 0 || !publishes(watched, metric)
            ? []
            : [
                  {
                      ...common,
                      ...LASTING,
                      kind,
                      description,
                      expression: count === 1 ? "a" : `a / ${count}`,
                      readings: { a: read(metric, of, statistic) },
                      missingData: "missing",
                  },
              ];
    const cacheHits: Unset[] = publishes(watched, "ModelCacheHit")
        ? [
              {
                  ...common,
                  ...LASTING,
                  ...NO_REQUESTS,
                  kind: "cache-hits",
                  comparison: "LessThanThreshold",
                  description: "Too few requests find their model in memory: models push each other out",
                  expression: guarded("100 * b", 100),
                  readings: { a: requests, b: read("ModelCacheHit", of, "Average") },
              },
          ]
        : [];
    return [
        {
            ...common,
            ...QUICK,
            ...NO_REQUESTS,
            kind: "server-errors",
            description: "Percent of requests that fail by the endpoint's own fault: 5xx, time-outs, dead containers",
            expression: guarded(`100 * (${errors.expression}) / a`, 0),
            readings: { a: requests, ...errors.readings },
        },
        ...slow("latency", "ModelLatency", "p99 of the time that the containers take together, in milliseconds"),
        ...slow(
            "overhead",
            "OverheadLatency",
            "p99 of the time that SageMaker adds to the containers', in milliseconds",
        ),
        ...full("cpu", "CPUUtilization", "Average", variant.cores, "Percent of all cores, on average over instances"),
        ...full("memory", "MemoryUtilization", "Maximum", 1, "Percent of the memory of the fullest instance"),
        ...full("disk", "DiskUtilization", "Maximum", 1, "Percent of the disk of the fullest instance"),
        ...full("gpu", "GPUUtilization", "Average", variant.gpus, "Percent of all GPUs, on average over instances"),
        ...full(
            "gpu-memory",
            "GPUMemoryUtilization",
            "Maximum",
            variant.gpus,
            "Percent of all GPUs' memory on the fullest instance",
        ),
        ...cacheHits,
    ];
}

/** Requests of all variants together: one that gets little or no traffic is no fault. No data is no request. */
function noTraffic(watched: WatchedEndpoint, minutes: number): Unset[] {
    if (!publishes(watched, "Invocations")) return [];
    const readings = Object.fromEntries(
        watched.variants.map(({ name }, index): [string, Reading] => [
            `m${index}`,
            read("Invocations", { EndpointName: watched.name, VariantName: name }, "Sum"),
        ]),
    );
    return [
        {
            kind: "no-traffic",
            description: `No request for ${minutes} minutes: callers, or what lies between them and the endpoint, have gone`,
            expression: Object.keys(readings)
                .map((id) => `FILL(${id}, 0)`)
                .join(" + "),
            readings,
            comparison: "LessThanThreshold",
            periodSeconds: 60 * minutes,
            periods: 1,
            breaching: 1,
            missingData: "breaching",
        },
    ];
}

/** An empty queue publishes nothing. */
function queue(watched: WatchedEndpoint): Unset[] {
    if (!publishes(watched, "ApproximateBacklogSize")) return [];
    const alarm = (kind: AlarmKind, metric: MetricName, description: string): Unset => ({
        ...LASTING,
        kind,
        description,
        expression: "a",
        readings: { a: read(metric, { EndpointName: watched.name }, "Maximum") },
        comparison: "GreaterThanThreshold",
        missingData: "notBreaching",
    });
    return [
        alarm("backlog", "ApproximateBacklogSize", "Requests that wait in the queue or are worked on"),
        alarm("backlog-age", "ApproximateAgeOfOldestRequest", "Seconds since the oldest request in the queue came"),
    ];
}

/** The alarms that fit an endpoint and are not switched off. */
export function planAlarms(watched: WatchedEndpoint, settings: AlarmSettings): Alarm[] {
    const silence = levelOf(settings, "no-traffic");
    const all = [
        ...watched.variants.flatMap((variant) => ofVariant(watched, variant, settings)),
        ...(silence === undefined ? [] : noTraffic(watched, silence)),
        ...queue(watched),
    ];
    return all.flatMap((alarm) => {
        const level = alarm.kind === "no-traffic" ? 1 : levelOf(settings, alarm.kind);
        return level === undefined ? [] : [{ ...alarm, level }];
    });
}
