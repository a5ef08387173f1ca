import type { Input } from "@pulumi/pulumi";

/** What the number of instances is held to; each policy has one. */
export type ScalingTarget =
    /** Requests a minute on each instance. */
    | { readonly invocationsPerInstance: number }
    /** Requests in flight on each instance, seen within 10 seconds in place of a minute. */
    | { readonly concurrentRequests: number }
    /** Requests of an asynchronous endpoint that wait, for each instance. */
    | { readonly backlogPerInstance: number };

/** Sets other bounds at a time: at least one of them. */
export interface ScheduledAction {
    /** Unique in the variant. */
    readonly name: string;
    /** Instances at least, from then on. @default - as it is */
    readonly min?: number;
    /** Instances at most, from then on. @default - as it is */
    readonly max?: number;
}

/** When a scheduled action comes. */
export type Timing =
    /** Again and again: minutes, hours, day of month, month, day of week, year. */
    | { readonly cron: string; readonly timeZone?: string }
    /** Once: `2026-11-27T06:00:00`. */
    | { readonly at: string; readonly timeZone?: string }
    /** Again and again: `1 day`. */
    | { readonly rate: string };

/** How the number of a variant's instances follows the load. */
export interface Scaling {
    /** Instances at least. */
    readonly min: number;
    /** Instances at most. */
    readonly max: number;
    /** @default - none: the schedule alone */
    readonly target?: ScalingTarget;
    /** Seconds after instances were added until more are added. @default - Application Auto Scaling's, 300 */
    readonly scaleOutCooldownSeconds?: number;
    /** Seconds after instances were removed until more are removed. @default - Application Auto Scaling's, 300 */
    readonly scaleInCooldownSeconds?: number;
    /** @default - none */
    readonly schedule?: readonly (ScheduledAction & Timing)[];
}

/** How a variant is scaled, where it is. */
export const activeScaling = (scaling: Scaling | "none" | undefined): Scaling | undefined =>
    scaling === "none" ? undefined : scaling;

/** Instances of a variant at its start where nothing says how many. */
export const initialInstances = (scaling: Scaling | "none" | undefined): number =>
    Math.max(1, activeScaling(scaling)?.min ?? 1);

/** The widest bounds that a variant's instances are ever within: its own, or those of a scheduled action. */
export const widestBounds = ({ min, max, schedule = [] }: Scaling) => ({
    min: Math.min(min, ...schedule.flatMap((action) => action.min ?? [])),
    max: Math.max(max, ...schedule.flatMap((action) => action.max ?? [])),
});

/** Application Auto Scaling's name for a number of instances of a variant. */
export const SCALED = {
    serviceNamespace: "sagemaker",
    scalableDimension: "sagemaker:variant:DesiredInstanceCount",
} as const;

/** What it is a number of. */
export const scaledResource = (endpointName: string, variantName: string): string =>
    `endpoint/${endpointName}/variant/${variantName}`;

/** What Policy takes to hold a target; undefined where there is none. */
export function planTracking(
    { target, scaleInCooldownSeconds, scaleOutCooldownSeconds }: Scaling,
    endpointName: Input<string>,
) {
    if (target === undefined) return undefined;
    return {
        policyType: "TargetTrackingScaling",
        targetTrackingScalingPolicyConfiguration: {
            ...trackedMetric(target, endpointName),
            ...(scaleInCooldownSeconds === undefined ? {} : { scaleInCooldown: scaleInCooldownSeconds }),
            ...(scaleOutCooldownSeconds === undefined ? {} : { scaleOutCooldown: scaleOutCooldownSeconds }),
        },
    };
}

const predefined = (predefinedMetricType: string, targetValue: number) => ({
    targetValue,
    predefinedMetricSpecification: { predefinedMetricType },
});

function trackedMetric(target: ScalingTarget, endpointName: Input<string>) {
    if ("invocationsPerInstance" in target)
        return predefined("SageMakerVariantInvocationsPerInstance", target.invocationsPerInstance);
    if ("concurrentRequests" in target)
        return predefined("SageMakerVariantConcurrentRequestsPerModelHighResolution", target.concurrentRequests);
    return {
        targetValue: target.backlogPerInstance,
        customizedMetricSpecification: {
            namespace: "AWS/SageMaker",
            metricName: "ApproximateBacklogSizePerInstance",
            dimensions: [{ name: "EndpointName", value: endpointName }],
            statistic: "Average",
        },
    };
}

/** What Policy takes to add the first instance. */
export const planFromZero = () => ({
    policyType: "StepScaling",
    stepScalingPolicyConfiguration: {
        adjustmentType: "ChangeInCapacity",
        metricAggregationType: "Average",
        cooldown: 300, // an instance takes minutes to start; the alarm goes on meanwhile
        stepAdjustments: [{ metricIntervalLowerBound: "0", scalingAdjustment: 1 }],
    },
});

/** What MetricAlarm takes to tell that requests wait and no instance is there. */
export const planWaitingAlarm = (endpointName: Input<string>) => ({
    alarmDescription: "Requests wait for an asynchronous endpoint that is scaled to zero",
    namespace: "AWS/SageMaker",
    metricName: "HasBacklogWithoutCapacity",
    dimensions: { EndpointName: endpointName },
    statistic: "Average",
    period: 60,
    evaluationPeriods: 2,
    datapointsToAlarm: 2,
    threshold: 1,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    treatMissingData: "missing",
});

/** What ScheduledAction takes. */
export const planScheduledAction = (action: ScheduledAction & Timing) => ({
    ...schedule(action),
    scalableTargetAction: {
        ...(action.min === undefined ? {} : { minCapacity: action.min }),
        ...(action.max === undefined ? {} : { maxCapacity: action.max }),
    },
});

function schedule(timing: Timing) {
    if ("rate" in timing) return { schedule: `rate(${timing.rate})` };
    return {
        schedule: "cron" in timing ? `cron(${timing.cron})` : `at(${timing.at})`,
        ...(timing.timeZone === undefined ? {} : { timezone: timing.timeZone }),
    };
}
