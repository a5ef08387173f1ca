import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_RETENTION_DAYS, endpointLogGroup, type LogSettings } from "../plans/log-groups.ts";

export interface EndpointLogGroupArgs extends LogSettings {
    /** Name of the endpoint. */
    readonly endpointName: string;
    /** ARN of a KMS key that CloudWatch Logs may use. @default - CloudWatch's own */
    readonly keyArn?: pulumi.Input<string> | undefined;
}

/**
 * The log group of an endpoint. It must be there before the endpoint: SageMaker makes it otherwise, to be kept for ever and by nobody.
 */
export class EndpointLogGroup extends pulumi.ComponentResource {
    /** What the endpoint must wait for. */
    readonly group: aws.cloudwatch.LogGroup;

    constructor(name: string, args: EndpointLogGroupArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:EndpointLogGroup", name, {}, opts);
        const { endpointName, retentionDays = DEFAULT_RETENTION_DAYS, keyArn } = args;
        this.group = new aws.cloudwatch.LogGroup(
            name,
            {
                name: endpointLogGroup(endpointName),
                retentionInDays: retentionDays,
                ...(keyArn !== undefined && { kmsKeyId: keyArn }),
            },
            { parent: this },
        );
        this.registerOutputs({ name: this.group.name });
    }
}
