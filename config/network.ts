import { z } from "zod";
import { LIMITS } from "../plans/limits.ts";
import { list, matching, object, oneOf, optional, whole } from "./fields.ts";

const id = (prefix: string) =>
    matching(new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`), `an id such as ${prefix}-0123456789abcdef0`);

const zonesAccepted = `a whole number of availability zones from ${LIMITS.madeZones.min} to ${LIMITS.madeZones.max}; or a list of so many names`;

const made = object({
    cidr: optional(
        matching(/^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/, "a range of IPv4 addresses, such as 10.0.0.0/16"),
        "Addresses of the VPC. Default 10.0.0.0/16.",
    ),
    availabilityZones: optional(
        z.union(
            [
                whole(LIMITS.madeZones, "availability zones"),
                list(matching(/^[a-z]{2}[a-z0-9-]*\d[a-z]$/, "a zone such as eu-west-1a"), LIMITS.madeZones, "zones"),
            ],
            { error: zonesAccepted },
        ),
        "How many zones have a subnet, or which. Default 2.",
    ),
    endpoints: optional(
        list(
            matching(/^[a-z][a-z0-9.-]*$/, "a service of AWS, such as logs or ecr.api"),
            { min: 0, max: 30 },
            "services",
        ),
        "Services that are reached by interface endpoints, beside S3. Default logs, monitoring, ecr.api, ecr.dkr.",
    ),
});

const vpc = oneOf(
    [
        object({ make: made.describe("A VPC of the stack's own, without a way to the internet.") }),
        object({
            subnetIds: list(id("subnet"), LIMITS.vpcSubnets, "ids of subnets").describe(
                "Subnets that are there, in two availability zones at least.",
            ),
            securityGroupIds: optional(
                list(id("sg"), LIMITS.vpcSecurityGroups, "ids of security groups"),
                "Default: one is made, which reaches S3 and the VPC's own addresses by HTTPS.",
            ),
        }),
    ],
    ["make", "subnetIds"],
);

/** How containers reach the network. */
export const network = object({
    isolation: optional(z.boolean({ error: "true or false" }), "Containers have no network at all. Default false."),
    vpc: optional(vpc, "The VPC that containers are connected to. Default: SageMaker's own, with the internet."),
});
