import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { s3GatewayStatements } from "../plans/iam/s3-gateway.ts";
import { policyDocument } from "../plans/iam/statement.ts";

export interface VpcEndpointsArgs {
    readonly vpcId: pulumi.Input<string>;
    readonly subnetIds: pulumi.Input<string[]>;
    readonly routeTableIds: pulumi.Input<string[]>;
    /** Services that have an interface endpoint, such as `logs`. */
    readonly services: readonly string[];
    /** Id of the security group that reaches them. */
    readonly containers: pulumi.Input<string>;
    /** ARN of the role that uses S3. */
    readonly roleArn: pulumi.Output<string>;
}

/** The ways from a VPC to AWS's services: a gateway to S3, which costs nothing, and interface endpoints, which are billed by hour and zone. */
export class VpcEndpoints extends pulumi.ComponentResource {
    /** The addresses of S3. */
    readonly s3PrefixListId: pulumi.Output<string>;
    /** Of the interface endpoints. @default - there are none */
    readonly securityGroupId?: pulumi.Output<string>;
    /** What must be there before the containers. */
    readonly resources: pulumi.Resource[];

    constructor(name: string, args: VpcEndpointsArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:VpcEndpoints", name, {}, opts);
        const child = { parent: this };
        const { vpcId, services } = args;
        const { region } = aws.getRegionOutput({}, child);
        const s3 = new aws.ec2.VpcEndpoint(
            `${name}-s3`,
            {
                vpcId,
                serviceName: pulumi.interpolate`com.amazonaws.${region}.s3`,
                vpcEndpointType: "Gateway",
                routeTableIds: args.routeTableIds,
                policy: this.s3Policy(args.roleArn, services.includes("ecr.dkr")),
            },
            child,
        );
        this.s3PrefixListId = s3.prefixListId;
        this.resources = [s3];
        if (services.length > 0) {
            const group = new aws.ec2.SecurityGroup(
                `${name}-endpoints`,
                { vpcId, description: "Interface endpoints of AWS services" },
                child,
            );
            const rule = new aws.vpc.SecurityGroupIngressRule(
                `${name}-endpoints`,
                {
                    securityGroupId: group.id,
                    referencedSecurityGroupId: args.containers,
                    ipProtocol: "tcp",
                    fromPort: 443,
                    toPort: 443,
                    description: "HTTPS from containers",
                },
                child,
            );
            this.securityGroupId = group.id;
            this.resources.push(rule);
            for (const service of services) {
                this.resources.push(
                    new aws.ec2.VpcEndpoint(
                        `${name}-${service}`,
                        {
                            vpcId,
                            serviceName: pulumi.interpolate`com.amazonaws.${region}.${service}`,
                            vpcEndpointType: "Interface",
                            privateDnsEnabled: true,
                            subnetIds: args.subnetIds,
                            securityGroupIds: [group.id],
                        },
                        child,
                    ),
                );
            }
        }
        this.registerOutputs({ s3PrefixListId: this.s3PrefixListId });
    }

    private s3Policy(roleArn: pulumi.Output<string>, pullsImages: boolean): pulumi.Output<string> {
        const child = { parent: this };
        const { region } = aws.getRegionOutput({}, child);
        const { partition } = aws.getPartitionOutput({}, child);
        const layers = pulumi.interpolate`arn:${partition}:s3:::prod-${region}-starport-layer-bucket/*`;
        return pulumi.jsonStringify(policyDocument(s3GatewayStatements(roleArn, pullsImages ? layers : undefined)));
    }
}
