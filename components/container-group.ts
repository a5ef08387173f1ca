import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface ContainerGroupArgs {
    readonly vpcId: pulumi.Input<string>;
    /** Containers of one transform job talk to each other, where it has several instances. */
    readonly amongThemselves: boolean;
}

/** What containers may reach by HTTPS. */
type Destination = Pick<aws.vpc.SecurityGroupEgressRuleArgs, "prefixListId" | "referencedSecurityGroupId" | "cidrIpv4">;

const HTTPS = { ipProtocol: "tcp", fromPort: 443, toPort: 443 } as const;

/**
 * The security group of a model's containers. Nothing reaches them, since SageMaker's requests do not come through the VPC, and they reach
 * what {@link reaches} says.
 */
export class ContainerGroup extends pulumi.ComponentResource {
    readonly id: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;
    private readonly rules: pulumi.Resource[] = [];
    private readonly name: string;

    constructor(name: string, args: ContainerGroupArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:ContainerGroup", name, {}, opts);
        this.name = name;
        const group = new aws.ec2.SecurityGroup(
            name,
            { vpcId: args.vpcId, description: "Containers of a SageMaker model" },
            { parent: this },
        );
        this.id = group.id;
        this.arn = group.arn;
        if (args.amongThemselves) this.amongThemselves();
        this.registerOutputs({ id: this.id });
    }

    /** Lets them reach something by HTTPS. */
    reaches(what: string, destination: Destination): void {
        this.rules.push(
            new aws.vpc.SecurityGroupEgressRule(
                `${this.name}-${what}`,
                { securityGroupId: this.id, ...HTTPS, ...destination, description: `HTTPS to ${what}` },
                { parent: this },
            ),
        );
    }

    /** Its id as a list, known once its rules are there, and what else the containers need. */
    usable(others: readonly pulumi.Resource[] = []): pulumi.Output<string[]> {
        const needed = pulumi.all([...this.rules, ...others].map(({ urn }) => urn));
        return needed.apply(() => pulumi.all([this.id]));
    }

    /** @see https://docs.aws.amazon.com/sagemaker/latest/dg/batch-vpc.html#batch-vpc-groups */
    private amongThemselves(): void {
        const rule = {
            securityGroupId: this.id,
            referencedSecurityGroupId: this.id,
            ipProtocol: "-1",
            description: "Containers of one transform job",
        };
        this.rules.push(
            new aws.vpc.SecurityGroupIngressRule(`${this.name}-each-other`, rule, { parent: this }),
            new aws.vpc.SecurityGroupEgressRule(`${this.name}-each-other`, rule, { parent: this }),
        );
    }
}
