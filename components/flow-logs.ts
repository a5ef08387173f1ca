import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { flowLogStatements } from "../plans/iam/flow-logs.ts";
import { flowLogGroup } from "../plans/log-groups.ts";
import { serviceRole } from "./service-role.ts";

export interface FlowLogsArgs {
    readonly vpcId: pulumi.Input<string>;
    /** Days until an event is deleted. */
    readonly retentionDays: number;
    /** ARN of a KMS key that CloudWatch Logs may use. @default - CloudWatch's own */
    readonly keyArn?: pulumi.Input<string> | undefined;
}

/** The log of a VPC's traffic, refused and accepted. */
export class FlowLogs extends pulumi.ComponentResource {
    constructor(name: string, args: FlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:FlowLogs", name, {}, opts);
        const child = { parent: this };
        const group = new aws.cloudwatch.LogGroup(
            `${name}-flow`,
            {
                name: flowLogGroup(name, pulumi.getStack()),
                retentionInDays: args.retentionDays,
                ...(args.keyArn !== undefined && { kmsKeyId: args.keyArn }),
            },
            child,
        );
        const role = serviceRole(
            `${name}-flow`,
            {
                sid: "FlowLogs",
                service: "vpc-flow-logs.amazonaws.com",
                statements: flowLogStatements(group.arn, pulumi.interpolate`${group.arn}:*`),
            },
            this,
        );
        new aws.ec2.FlowLog(
            name,
            {
                vpcId: args.vpcId,
                trafficType: "ALL",
                logDestinationType: "cloud-watch-logs",
                logDestination: group.arn,
                iamRoleArn: role,
            },
            child,
        );
        this.registerOutputs({});
    }
}
