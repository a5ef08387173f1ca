import type * as pulumi from "@pulumi/pulumi";
import { type ObservabilitySettings, whereOn } from "../plans/observability.ts";
import type { WatchedEndpoint } from "../plans/watched-endpoint.ts";
import { Dashboard } from "./dashboard.ts";

/** What a stack gives out of how its endpoint is watched. */
interface WatchingOutputs {
    /** Name of the CloudWatch dashboard. @default - no dashboard */
    readonly dashboardName?: pulumi.Output<string>;
}

/** Makes what watches an endpoint, as far as the settings ask for it. */
export function observe(
    name: string,
    watched: WatchedEndpoint,
    settings: ObservabilitySettings,
    opts: pulumi.ComponentResourceOptions,
): WatchingOutputs {
    const asked = whereOn(settings.dashboard);
    const dashboard = asked && new Dashboard(name, { watched, ...asked }, opts);
    return { ...(dashboard && { dashboardName: dashboard.name }) };
}
