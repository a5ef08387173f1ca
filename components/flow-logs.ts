import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { flowLogStatements } from "../plans/iam/flow-logs.ts";
import { serviceTrust } from "../plans/iam/service-trust.ts";
import { policyDocument } from "../plans/iam/statement.ts";
import { flowLogGroup } from "../plans/log-groups.ts";

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
        const account = aws.getCallerIdentityOutput({}, child).accountId;
        const role = new aws.iam.Role(
            `${name}-flow`,
            {
                assumeRolePolicy: pulumi.jsonStringify(
                    policyDocument(serviceTrust("FlowLogs", "vpc-flow-logs.amazonaws.com", account)),
                ),
            },
            child,
        );
        const policy = new aws.iam.RolePolicy(
            `${name}-flow`,
            {
                role: role.name,
                policy: pulumi.jsonStringify(
                    policyDocument(flowLogStatements(group.arn, pulumi.interpolate`${group.arn}:*`)),
                ),
            },
            child,
        );
        new aws.ec2.FlowLog(
            name,
            {
                vpcId: args.vpcId,
                trafficType: "ALL",
                logDestinationType: "cloud-watch-logs",
                logDestination: group.arn,
                iamRoleArn: role.arn,
            },
            { ...child, dependsOn: policy },
        );
        this.registerOutputs({});
    }
}
