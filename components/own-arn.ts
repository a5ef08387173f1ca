import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Makes ARNs of the account and region that a stack is deployed to, such as `("ec2", "subnet/subnet-1a2b")`. */
export function ownArn(parent: pulumi.Resource): (service: string, resource: string) => pulumi.Output<string> {
    const child = { parent };
    const { accountId } = aws.getCallerIdentityOutput({}, child);
    const { region } = aws.getRegionOutput({}, child);
    const { partition } = aws.getPartitionOutput({}, child);
    return (service, resource) => pulumi.interpolate`arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}
