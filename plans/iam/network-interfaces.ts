import type { Input } from "@pulumi/pulumi";
import type { Statement } from "./statement.ts";

/** ARNs of where a model's network interfaces may be. */
export interface InterfaceAccess {
    readonly subnets: Input<readonly string[]>;
    readonly securityGroups: Input<readonly string[]>;
    /** All network interfaces of the account and region: their ids are made up when they are. */
    readonly interfaces: Input<string>;
}

/**
 * What the execution role of a model in a VPC may do: have network interfaces in these subnets with these groups, give SageMaker leave to
 * use them, and delete them. AWS's own example allows all of it everywhere.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createmodel-perms
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
export const interfaceStatements = ({ subnets, securityGroups, interfaces }: InterfaceAccess): Statement[] => [
    // all three kinds must be allowed for one call, so the subnets and groups limit the interfaces, for which this action knows no condition
    { Sid: "InterfaceSubnets", Effect: "Allow", Action: "ec2:CreateNetworkInterface", Resource: subnets },
    { Sid: "InterfaceGroups", Effect: "Allow", Action: "ec2:CreateNetworkInterface", Resource: securityGroups },
    { Sid: "Interfaces", Effect: "Allow", Action: "ec2:CreateNetworkInterface", Resource: interfaces },
    {
        Sid: "OwnInterfaces",
        Effect: "Allow",
        Action: [
            "ec2:CreateNetworkInterfacePermission",
            "ec2:DeleteNetworkInterface",
            "ec2:DeleteNetworkInterfacePermission",
        ],
        Resource: interfaces,
        Condition: { ArnEquals: { "ec2:Subnet": subnets } },
    },
    {
        Sid: "DescribeNetwork",
        Effect: "Allow",
        Action: [
            "ec2:DescribeDhcpOptions",
            "ec2:DescribeNetworkInterfaces",
            "ec2:DescribeSecurityGroups",
            "ec2:DescribeSubnets",
            "ec2:DescribeVpcEndpoints",
            "ec2:DescribeVpcs",
        ],
        Resource: "*", // EC2 knows no resource for what it lists
    },
];
