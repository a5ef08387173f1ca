import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { givenSubnetProblems } from "../plans/network/given-subnets.ts";
import type { GivenVpc } from "../plans/network/settings.ts";
import { refuse } from "../plans/plan-error.ts";
import { ContainerGroup } from "./container-group.ts";
import { ownArn } from "./own-arn.ts";
import type { NetworkPlace } from "./network.ts";

export interface GivenSubnetsArgs extends GivenVpc {
    readonly amongThemselves: boolean;
}

/** Subnets that are there, as a model's containers use them, and a security group where none is named. */
export class GivenSubnets extends pulumi.ComponentResource implements NetworkPlace {
    readonly vpcId: pulumi.Output<string>;
    /** Known once it is known that SageMaker takes them. */
    readonly subnetIds: pulumi.Output<string[]>;
    readonly subnetArns: pulumi.Output<string[]>;
    readonly securityGroupIds: pulumi.Output<string[]>;
    readonly securityGroupArns: pulumi.Output<string[]>;

    constructor(name: string, args: GivenSubnetsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:GivenSubnets", name, {}, opts);
        const child = { parent: this };
        const found = pulumi
            .all(args.subnetIds.map((id) => aws.ec2.getSubnetOutput({ id }, child)))
            .apply((subnets) => {
                refuse("network.vpc", givenSubnetProblems(subnets));
                return subnets;
            });
        this.vpcId = found.apply(([subnet]) => subnet?.vpcId ?? "");
        this.subnetIds = found.apply((subnets) => subnets.map(({ id }) => id));
        this.subnetArns = found.apply((subnets) => subnets.map(({ arn }) => arn)); // shared ones are another account's

        if (args.securityGroupIds === undefined) {
            const group = this.group(name, args.amongThemselves);
            this.securityGroupIds = group.usable();
            this.securityGroupArns = group.arn.apply((arn) => [arn]);
        } else {
            const ids = args.securityGroupIds;
            const arn = ownArn(this);
            this.securityGroupIds = pulumi.output([...ids]);
            this.securityGroupArns = pulumi.all(ids.map((id) => arn("ec2", `security-group/${id}`)));
        }
        this.registerOutputs({ vpcId: this.vpcId });
    }

    /** Reaches S3, and the addresses of the VPC, which its interface endpoints have. */
    private group(name: string, amongThemselves: boolean): ContainerGroup {
        const child = { parent: this };
        const group = new ContainerGroup(`${name}-containers`, { vpcId: this.vpcId, amongThemselves }, child);
        const { region } = aws.getRegionOutput({}, child);
        const s3 = aws.ec2.getManagedPrefixListOutput({ name: pulumi.interpolate`com.amazonaws.${region}.s3` }, child);
        const vpc = aws.ec2.getVpcOutput({ id: this.vpcId }, child);
        group.reaches("s3", { prefixListId: s3.id });
        group.reaches("vpc", { cidrIpv4: vpc.cidrBlock });
        return group;
    }
}
