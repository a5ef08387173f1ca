/** A subnet as AWS describes it. */
export interface FoundSubnet {
    readonly id: string;
    readonly vpcId: string;
    readonly availabilityZone: string;
}

/** What is wrong with subnets that were looked up. @see https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html#host-vpc-configure */
export function givenSubnetProblems(subnets: readonly FoundSubnet[]): string[] {
    const vpcs = [...new Set(subnets.map(({ vpcId }) => vpcId))];
    const zones = [...new Set(subnets.map(({ availabilityZone }) => availabilityZone))];
    return [
        ...(vpcs.length > 1
            ? [`network.vpc.subnetIds: they lie in ${vpcs.length} VPCs, ${vpcs.join(", ")}; a model has one`]
            : []),
        ...(zones.length < 2
            ? [
                  `network.vpc.subnetIds: all lie in ${zones.join("")}; SageMaker wants subnets in two availability zones at least`,
              ]
            : []),
    ];
}
