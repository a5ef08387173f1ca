/** How a model's containers reach the network. */
export interface NetworkSettings {
    /** Containers have no network at all; SageMaker itself still reads and writes S3. Another value makes a new model. @default false */
    readonly isolation?: boolean;
    /** The VPC that containers are connected to. @default - none: SageMaker's own, with the internet */
    readonly vpc?: GivenVpc | MadeVpc;
}

/** Subnets that are there already. */
export interface GivenVpc {
    /** Two to 16, of one VPC, in two availability zones at least. */
    readonly subnetIds: readonly string[];
    /** One to five. @default - one is made, which reaches S3 and the addresses of the VPC, by HTTPS alone */
    readonly securityGroupIds?: readonly string[];
}

/** A VPC of the stack's own, without a way to the internet. */
export interface MadeVpc {
    readonly make: MadeVpcSettings;
}

export interface MadeVpcSettings {
    /** Its addresses, /16 to /25; each zone has an eighth of them. @default "10.0.0.0/16" */
    readonly cidr?: string;
    /** How many zones have a subnet, or which: two to six. Interface endpoints are billed by the zone. @default 2 */
    readonly availabilityZones?: number | readonly string[];
    /** AWS services that are reached by interface endpoints, beside S3, which always has a gateway. @default - logs, monitoring, ecr.api, ecr.dkr */
    readonly endpoints?: readonly string[];
}

export const MADE_VPC_DEFAULTS = {
    cidr: "10.0.0.0/16",
    availabilityZones: 2,
    /**
     * AWS says that SageMaker's nodes reach S3 and CloudWatch through the VPC of a model, and nowhere that they pull images through it or
     * do not; without ECR's endpoints that would be found out by an endpoint that never starts.
     * @see https://repost.aws/knowledge-center/sagemaker-access-network-isolation
     */
    endpoints: ["logs", "monitoring", "ecr.api", "ecr.dkr"],
} as const satisfies Required<MadeVpcSettings>;

export const isMade = (vpc: GivenVpc | MadeVpc): vpc is MadeVpc => "make" in vpc;
