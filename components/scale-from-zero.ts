import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { planFromZero, planWaitingAlarm } from "../plans/scaling.ts";

export interface ScaleFromZeroArgs {
    readonly endpointName: pulumi.Output<string>;
    /** What is scaled: the outputs of the scalable target. */
    readonly scaled: Pick<aws.appautoscaling.PolicyArgs, "resourceId" | "serviceNamespace" | "scalableDimension">;
}

/**
 * Starts the first instance of an asynchronous endpoint that was scaled to zero. The backlog of each instance, which is tracked otherwise,
 * has no value while there is none.
 */
export class ScaleFromZero extends pulumi.ComponentResource {
    constructor(name: string, { endpointName, scaled }: ScaleFromZeroArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:ScaleFromZero", name, {}, opts);
        const child = { parent: this };
        const policy = new aws.appautoscaling.Policy(`${name}-from-zero`, { ...scaled, ...planFromZero() }, child);
        new aws.cloudwatch.MetricAlarm(
            `${name}-from-zero`,
            { ...planWaitingAlarm(endpointName), alarmActions: [policy.arn] },
            child,
        );
        this.registerOutputs({});
    }
}
