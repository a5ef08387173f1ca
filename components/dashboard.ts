import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Thresholds } from "../plans/alarms/kinds.ts";
import { dashboardBody, type DashboardSettings } from "../plans/dashboard/dashboard.ts";
import type { WatchedEndpoint } from "../plans/watched-endpoint.ts";

export interface DashboardArgs extends DashboardSettings {
    readonly watched: WatchedEndpoint;
    /** Alarms whose state and levels are shown. @default - none */
    readonly alarms?: { readonly arns: readonly pulumi.Input<string>[]; readonly thresholds: Thresholds };
}

/** A CloudWatch dashboard made for what an endpoint hosts. */
export class Dashboard extends pulumi.ComponentResource {
    /** The endpoint's name and the region's: CloudWatch shows the dashboards of all regions in one list. */
    readonly name: pulumi.Output<string>;

    constructor(name: string, args: DashboardArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:Dashboard", name, {}, opts);
        const child = { parent: this };
        const { watched, alarms, notes } = args;
        const { region } = aws.getRegionOutput({}, child);
        const body = dashboardBody(watched, {
            region,
            ...(notes !== undefined && { notes }),
            ...(alarms && { alarms: alarms.arns, thresholds: alarms.thresholds }),
        });
        const dashboard = new aws.cloudwatch.Dashboard(
            name,
            {
                dashboardName: pulumi.interpolate`${watched.name}-${region}`,
                dashboardBody: pulumi.jsonStringify(body),
            },
            child,
        );
        this.name = dashboard.dashboardName;
        this.registerOutputs({ name: this.name });
    }
}
