import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { planRollbackAlarms, type RollbackSettings } from "../plans/rollback.ts";

export interface RollbackAlarmsArgs {
    readonly settings?: RollbackSettings | undefined;
    readonly endpointName: string;
    /** Names of the variants that are watched. */
    readonly variants: readonly string[];
    /** The configuration that the endpoint moves to: its fleet alone is watched. */
    readonly configurationName: pulumi.Input<string>;
}

/**
 * The alarms that roll a deployment back. They are there before the endpoint moves, and on each move watch the new fleet, since a
 * configuration has a new name each time.
 */
export class RollbackAlarms extends pulumi.ComponentResource {
    /** Of all alarms, those made elsewhere among them. */
    readonly alarmNames: readonly pulumi.Input<string>[];

    constructor(name: string, args: RollbackAlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:RollbackAlarms", name, {}, opts);
        const { settings, endpointName, variants, configurationName } = args;
        const alarms = planRollbackAlarms(settings, endpointName, variants, configurationName).map(
            (planned) => new aws.cloudwatch.MetricAlarm(`${name}-${planned.name}`, planned.alarm, { parent: this }),
        );
        this.alarmNames = [...alarms.map((alarm) => alarm.name), ...(settings?.alarms ?? [])];
        this.registerOutputs({ alarmNames: this.alarmNames });
    }
}
