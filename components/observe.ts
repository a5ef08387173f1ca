import type * as pulumi from "@pulumi/pulumi";
import { type ObservabilitySettings, whereOn } from "../plans/observability.ts";
import type { WatchedEndpoint } from "../plans/watched-endpoint.ts";
import { Alarms } from "./alarms.ts";
import { Dashboard } from "./dashboard.ts";

/** How an endpoint is watched, with the key that is there by then. */
export interface WatchSettings extends Omit<ObservabilitySettings, "key"> {
    /** ARN of the KMS key of topics and logs. @default - AWS's own keys */
    readonly keyArn?: pulumi.Input<string> | undefined;
}

/** What a stack gives out of how its endpoint is watched. */
export interface WatchingOutputs {
    /** Name of the CloudWatch dashboard. @default - no dashboard */
    readonly dashboardName?: pulumi.Output<string>;
    /** The topic that hears of alarms. @default - no alarms */
    readonly alarmTopicArn?: pulumi.Output<string>;
}

/** Makes what watches an endpoint, as far as the settings ask for it. */
export function observe(
    name: string,
    watched: WatchedEndpoint,
    settings: WatchSettings,
    opts: pulumi.ComponentResourceOptions,
): WatchingOutputs {
    const [boardSettings, alarmSettings] = [whereOn(settings.dashboard), whereOn(settings.alarms)];
    const alarms =
        alarmSettings && new Alarms(name, { watched, settings: alarmSettings, keyArn: settings.keyArn }, opts);
    const dashboard =
        boardSettings && new Dashboard(name, { watched, ...boardSettings, ...(alarms && { alarms }) }, opts);
    return {
        ...(dashboard && { dashboardName: dashboard.name }),
        ...(alarms && { alarmTopicArn: alarms.topicArn }),
    };
}
