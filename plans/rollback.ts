import type { Input } from "@pulumi/pulumi";
import type { FullVariant } from "./deployment.ts";
import { LIMITS } from "./limits.ts";
import { FLEET_DIMENSION, METRICS, type Statistic } from "./metrics.ts";
import { repeated } from "./repeated.ts";

/** What rolls a deployment back, watched on the new fleet alone. */
export interface RollbackSettings {
    /** More than this percent of a variant's requests answered with 5xx. @default 1 */
    readonly serverErrorPercent?: number | "none";
    /** More than this percent of a variant's requests answered with 4xx. @default - not watched */
    readonly clientErrorPercent?: number;
    /** The p99 of a variant's ModelLatency above this many milliseconds. @default - not watched */
    readonly modelLatencyMs?: number;
    /** Names of metric alarms made elsewhere that roll back too. @default - none */
    readonly alarms?: readonly string[];
}

const SERVER_ERROR_PERCENT = 1;
const PERIOD_SECONDS = 60;
const PERIODS = 2;

/** Seconds of bad data until an alarm made here trips. */
export const ALARM_SECONDS = PERIODS * PERIOD_SECONDS;

/** Something that is watched. */
interface Watch {
    /** In the names of its alarms. */
    readonly name: string;
    readonly metric: "Invocation5XXErrors" | "Invocation4XXErrors" | "ModelLatency";
    readonly statistic: Statistic & ("Average" | "p99");
    /** In the metric's unit. */
    readonly threshold: number;
    readonly description: string;
}

const errors = (name: string, metric: Watch["metric"], status: string, percent: number): Watch => ({
    name,
    metric,
    statistic: "Average", // 1 for a request that failed, else 0
    threshold: percent / 100,
    description: `more than ${percent} % of the new fleet's requests are answered with ${status}`,
});

function watched(settings: RollbackSettings): Watch[] {
    const { serverErrorPercent = SERVER_ERROR_PERCENT, clientErrorPercent, modelLatencyMs } = settings;
    return [
        ...(serverErrorPercent === "none"
            ? []
            : [errors("server-errors", "Invocation5XXErrors", "5xx", serverErrorPercent)]),
        ...(clientErrorPercent === undefined
            ? []
            : [errors("client-errors", "Invocation4XXErrors", "4xx", clientErrorPercent)]),
        ...(modelLatencyMs === undefined
            ? []
            : [
                  {
                      name: "model-latency",
                      metric: "ModelLatency",
                      statistic: "p99",
                      threshold: modelLatencyMs * 1000,
                      description: `the new fleet's p99 of ModelLatency is above ${modelLatencyMs} ms`,
                  } as const,
              ]),
    ];
}

const alarmName = (variant: string, { name }: Watch) => `${variant}-${name}`;

/** Whether alarms are made, rather than named alone. */
export const watches = (settings: RollbackSettings = {}): boolean => watched(settings).length > 0;

/** Every rule that the alarms of these variants break. */
export function rollbackProblems(settings: RollbackSettings = {}, variants: readonly FullVariant[]): string[] {
    const named = settings.alarms ?? [];
    const made = watched(settings).length * variants.length;
    const { min, max } = LIMITS.rollbackAlarms;
    const problems = repeated(named).map((name) => `deployment.rollback: alarm "${name}" is named twice`);
    if (made + named.length < min) {
        problems.push(
            "deployment.rollback: nothing is watched, so nothing would be rolled back; leave serverErrorPercent out, or name alarms",
        );
    }
    if (made + named.length > max) {
        problems.push(
            `deployment.rollback: ${made + named.length} alarms, ${made} made for ${variants.length} variants and ` +
                `${named.length} named; SageMaker takes up to ${max}`,
        );
    }
    return problems;
}

/**
 * The alarms to make, by name; each reads the series of one variant under one endpoint configuration.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-configuration.html
 */
export function planRollbackAlarms(
    settings: RollbackSettings = {},
    endpointName: string,
    variants: readonly string[],
    configurationName: Input<string>,
) {
    return watched(settings).flatMap((watch) =>
        variants.map((variant) => ({
            name: alarmName(variant, watch),
            alarm: {
                alarmDescription: `Rolls back: ${watch.description} (variant ${variant})`,
                namespace: METRICS[watch.metric].namespace,
                metricName: watch.metric,
                dimensions: {
                    EndpointName: endpointName,
                    VariantName: variant,
                    [FLEET_DIMENSION]: configurationName,
                },
                ...(watch.statistic === "p99"
                    ? { extendedStatistic: watch.statistic }
                    : { statistic: watch.statistic }),
                comparisonOperator: "GreaterThanThreshold",
                threshold: watch.threshold,
                period: PERIOD_SECONDS,
                evaluationPeriods: PERIODS,
                treatMissingData: "notBreaching", // a fleet without traffic has done nothing wrong
            },
        })),
    );
}

/** Names of all alarms, for a policy: those made end in what the engine adds to a component's name. */
export const alarmNames = (
    settings: RollbackSettings = {},
    componentName: string,
    variants: readonly FullVariant[],
): string[] => [
    ...watched(settings).flatMap((watch) =>
        variants.map((variant) => `${componentName}-${alarmName(variant.name, watch)}-*`),
    ),
    ...(settings.alarms ?? []),
];
