import { alarmProblems } from "./alarms/problems.ts";
import type { AlarmSettings } from "./alarms/settings.ts";
import type { DashboardSettings } from "./dashboard/dashboard.ts";
import type { KeySettings } from "./key.ts";
import type { LogSettings } from "./log-groups.ts";
import type { WatchedEndpoint } from "./watched-endpoint.ts";

/** How an endpoint is watched. */
export interface ObservabilitySettings {
    /** A CloudWatch dashboard made for what the endpoint hosts. @default false */
    readonly dashboard?: boolean | DashboardSettings;
    /** Alarms that fit what the endpoint hosts, and who hears of them. @default false */
    readonly alarms?: boolean | AlarmSettings;
    /** The endpoint's log group; `none` leaves it to SageMaker, which keeps events for ever. @default - 30 days */
    readonly logs?: LogSettings | "none";
    /** The KMS key that encrypts what the stack keeps and tells; the policy of one that is there must let those use it who need it. @default - AWS's own keys */
    readonly key?: KeySettings;
    /** Name of a bucket that is there, in which S3 records who reads and writes the stack's own buckets. @default - nowhere */
    readonly accessLogBucket?: string;
}

/** The settings of a part that is switched on, `{}` for those by default; undefined where it is off. */
export const whereOn = <Settings extends object>(
    part: boolean | Settings | undefined,
): Settings | Record<string, never> | undefined => (part === true ? {} : part === false ? undefined : part);

/** Those of a stack's settings that say how its endpoint is watched. */
export const observabilityOf = ({
    dashboard,
    alarms,
    logs,
    key,
    accessLogBucket,
}: ObservabilitySettings): ObservabilitySettings => ({
    ...(dashboard !== undefined && { dashboard }),
    ...(alarms !== undefined && { alarms }),
    ...(logs !== undefined && { logs }),
    ...(key !== undefined && { key }),
    ...(accessLogBucket !== undefined && { accessLogBucket }),
});

/**
 * Every rule that the settings break.
 * @param watched undefined where the stack has no endpoint
 */
export function observabilityProblems(settings: ObservabilitySettings, watched: WatchedEndpoint | undefined): string[] {
    const [dashboard, alarms] = [whereOn(settings.dashboard), whereOn(settings.alarms)];
    if (watched !== undefined) return alarms === undefined ? [] : alarmProblems(alarms, watched);
    return Object.entries({ dashboard, alarms, logs: settings.logs })
        .filter(([, part]) => part !== undefined)
        .map(([key]) => `${key}: the stack has no endpoint to watch; leave it out`);
}
