import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
    planScheduledAction,
    planTracking,
    SCALED,
    scaledResource,
    type Scaling,
    widestBounds,
} from "../plans/scaling.ts";
import { ScaleFromZero } from "./scale-from-zero.ts";

export interface VariantScalingArgs {
    /** Name of the endpoint, known once its variants are there to be scaled. */
    readonly endpointName: pulumi.Output<string>;
    readonly variantName: string;
    readonly scaling: Scaling;
}

/**
 * Scales the instances of one variant with its load. Application Auto Scaling acts by its service-linked role, which AWS makes with the
 * first variant of an account that is scaled, so there is no role here.
 */
export class VariantScaling extends pulumi.ComponentResource {
    constructor(name: string, args: VariantScalingArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:VariantScaling", name, {}, opts);
        const child = { parent: this };
        const { scaling } = args;

        const target = new aws.appautoscaling.Target(
            name,
            {
                ...SCALED,
                resourceId: args.endpointName.apply((endpoint) => scaledResource(endpoint, args.variantName)),
                minCapacity: scaling.min,
                maxCapacity: scaling.max,
            },
            child,
        );
        // by the target's outputs, so that they go with it when it is replaced
        const { resourceId, serviceNamespace, scalableDimension } = target;
        const scaled = { resourceId, serviceNamespace, scalableDimension };
        const tracking = planTracking(scaling, args.endpointName);
        if (tracking !== undefined) new aws.appautoscaling.Policy(name, { ...scaled, ...tracking }, child);
        if (widestBounds(scaling).min === 0)
            new ScaleFromZero(name, { endpointName: args.endpointName, scaled }, child);
        for (const action of scaling.schedule ?? []) {
            new aws.appautoscaling.ScheduledAction(
                `${name}-${action.name}`,
                { ...scaled, ...planScheduledAction(action) },
                child,
            );
        }
        this.registerOutputs({});
    }
}
