import * as pulumi from "@pulumi/pulumi";

export interface ProtectionArgs {
    /** What nothing must be deleted of, with all that is below it. */
    readonly of: readonly pulumi.Resource[];
    /** Outputs of theirs, that are known once all of it is registered. */
    readonly outputs: object;
    readonly isOn: boolean;
}

/**
 * Stands in the way of whoever destroys a protected stack. The engine refuses to delete resources that are protected, but without a preview
 * has by then deleted all that they do not depend on: policies, alarms, topics. This one depends on everything, so it would have to go
 * first. It is nothing but an entry in the stack's state.
 */
export class Protection extends pulumi.ComponentResource {
    constructor(name: string, { of, outputs, isOn }: ProtectionArgs) {
        const complete = pulumi.output(outputs).apply(() => true);
        super("serial-inference:index:Protection", name, { complete }, { protect: isOn, dependsOn: [...of] });
        this.registerOutputs({});
    }
}
