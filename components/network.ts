import type * as pulumi from "@pulumi/pulumi";
import { interfaceStatements } from "../plans/iam/network-interfaces.ts";
import type { Statement } from "../plans/iam/statement.ts";
import { isMade, type NetworkSettings } from "../plans/network/settings.ts";
import { GivenSubnets } from "./given-subnets.ts";
import { MadeVpc, type MadeVpcArgs } from "./made-vpc.ts";
import { ownArn } from "./own-arn.ts";

/** Where a model's containers are connected to a VPC. */
export interface NetworkPlace {
    readonly vpcId: pulumi.Output<string>;
    readonly subnetIds: pulumi.Output<string[]>;
    readonly subnetArns: pulumi.Output<string[]>;
    readonly securityGroupIds: pulumi.Output<string[]>;
    readonly securityGroupArns: pulumi.Output<string[]>;
}

/** What a model is given of its network. */
export interface ModelNetwork {
    readonly isolation: boolean;
    /** @default - SageMaker's own VPC */
    readonly place?: NetworkPlace;
    /** What the execution role needs for it. */
    readonly grants: readonly Statement[];
}

/** Makes or looks up what the settings say of a model's network. */
export function modelNetwork(
    name: string,
    { isolation = false, vpc }: NetworkSettings,
    args: Omit<MadeVpcArgs, "make">,
    opts: pulumi.ComponentResourceOptions,
): ModelNetwork {
    if (vpc === undefined) return { isolation, grants: [] };
    const place = isMade(vpc)
        ? new MadeVpc(name, { ...args, make: vpc.make }, opts)
        : new GivenSubnets(name, { ...vpc, amongThemselves: args.amongThemselves }, opts);
    const grants = interfaceStatements({
        subnets: place.subnetArns,
        securityGroups: place.securityGroupArns,
        interfaces: ownArn(place)("ec2", "network-interface/*"),
    });
    return { isolation, place, grants };
}

/** What CreateModel takes. */
export const planModelNetwork = ({ isolation, place }: ModelNetwork) => ({
    ...(isolation && { enableNetworkIsolation: true }),
    ...(place && { vpcConfig: { subnets: place.subnetIds, securityGroupIds: place.securityGroupIds } }),
});
