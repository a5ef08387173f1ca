import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parseCidr, subnetPrefix } from "../plans/network/cidr.ts";
import { MADE_VPC_DEFAULTS, type MadeVpcSettings } from "../plans/network/settings.ts";
import { ContainerGroup } from "./container-group.ts";
import { FlowLogs, type FlowLogsArgs } from "./flow-logs.ts";
import type { NetworkPlace } from "./network.ts";
import { ownArn } from "./own-arn.ts";
import { VpcEndpoints } from "./vpc-endpoints.ts";

export interface MadeVpcArgs extends Omit<FlowLogsArgs, "vpcId"> {
    readonly make: MadeVpcSettings;
    /** ARN of the role that uses the way to S3. */
    readonly roleArn: pulumi.Output<string>;
    readonly amongThemselves: boolean;
}

/** What is used of a VPC of awsx. */
interface Made {
    readonly vpcId: string;
    readonly subnetIds: string[];
    readonly routeTableIds: string[];
}

/**
 * A VPC for a model's containers: subnets from which no route leads to the internet, VPC endpoints to AWS, and a log of its traffic. awsx
 * attaches an internet gateway to any VPC; nothing routes to it.
 */
export class MadeVpc extends pulumi.ComponentResource implements NetworkPlace {
    readonly vpcId: pulumi.Output<string>;
    readonly subnetIds: pulumi.Output<string[]>;
    readonly subnetArns: pulumi.Output<string[]>;
    /** Known once the containers can reach what they need. */
    readonly securityGroupIds: pulumi.Output<string[]>;
    readonly securityGroupArns: pulumi.Output<string[]>;

    constructor(name: string, args: MadeVpcArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:MadeVpc", name, {}, opts);
        const child = { parent: this };
        const { vpcId, subnetIds, routeTableIds } = this.make(name, args.make);
        this.vpcId = vpcId;
        this.subnetIds = subnetIds;
        new aws.ec2.DefaultSecurityGroup(name, { vpcId }, child); // takes its rules away: nothing is to be in it
        new FlowLogs(name, { ...args, vpcId }, child);

        const group = new ContainerGroup(`${name}-containers`, { vpcId, amongThemselves: args.amongThemselves }, child);
        const endpoints = new VpcEndpoints(
            name,
            {
                vpcId,
                subnetIds,
                routeTableIds,
                services: args.make.endpoints ?? MADE_VPC_DEFAULTS.endpoints,
                containers: group.id,
                roleArn: args.roleArn,
            },
            child,
        );
        group.reaches("s3", { prefixListId: endpoints.s3PrefixListId });
        if (endpoints.securityGroupId !== undefined)
            group.reaches("endpoints", { referencedSecurityGroupId: endpoints.securityGroupId });
        const arn = ownArn(this);
        this.subnetArns = subnetIds.apply((ids) => pulumi.all(ids.map((id) => arn("ec2", `subnet/${id}`))));
        this.securityGroupArns = group.arn.apply((arn) => [arn]);
        this.securityGroupIds = group.usable(endpoints.resources);
        this.registerOutputs({ vpcId, subnetIds });
    }

    private make(name: string, settings: MadeVpcSettings): pulumi.Output<Made> {
        const { cidr, availabilityZones } = { ...MADE_VPC_DEFAULTS, ...settings };
        const range = parseCidr(cidr);
        // half a second, for stacks that make a VPC
        const made = import("@pulumi/awsx").then(({ ec2 }) => {
            const vpc = new ec2.Vpc(
                name,
                {
                    cidrBlock: cidr,
                    ...(typeof availabilityZones === "number"
                        ? { numberOfAvailabilityZones: availabilityZones }
                        : { availabilityZoneNames: [...availabilityZones] }),
                    enableDnsHostnames: true, // interface endpoints answer to AWS's own names by it
                    enableDnsSupport: true,
                    natGateways: { strategy: "None" },
                    subnetStrategy: "Auto",
                    ...(range && { availabilityZoneCidrMask: subnetPrefix(range.prefix) }),
                    subnetSpecs: [{ type: "Isolated" }],
                },
                { parent: this },
            );
            return {
                vpcId: vpc.vpcId,
                subnetIds: vpc.isolatedSubnetIds,
                routeTableIds: vpc.routeTables.apply((tables: readonly aws.ec2.RouteTable[] | undefined) =>
                    pulumi.all((tables ?? []).map(({ id }) => id)),
                ),
            };
        });
        return pulumi.output(made);
    }
}
