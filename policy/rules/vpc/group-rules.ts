import type { Fields } from "../../framework/fields.ts";
import type { Resource } from "../../framework/resource.ts";

type Direction = "ingress" | "egress";

const EVERYWHERE = ["0.0.0.0/0", "::/0"];
const RANGES = ["cidrBlocks", "ipv6CidrBlocks", "cidrIpv4", "cidrIpv6"];

/** Types whose properties are one rule of a direction; a SecurityGroupRule says which. */
const ALONE: Readonly<Record<string, Direction>> = {
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": "ingress",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": "egress",
};
const EITHER = "aws:ec2/securityGroupRule:SecurityGroupRule";

export const GROUP_TYPES = [
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    EITHER,
    ...Object.keys(ALONE),
] as const;

/** The rules of a direction that a resource has, or is. */
export function groupRules({ type, properties }: Resource, direction: Direction): Fields[] {
    if (type === EITHER) return properties.text("type") === direction ? [properties] : [];
    const alone = ALONE[type];
    if (alone !== undefined) return alone === direction ? [properties] : [];
    return properties.blocks(direction);
}

/** The range of a rule that is the whole internet. */
export const openRange = (rule: Fields): { readonly key: string; readonly range: string } | undefined =>
    RANGES.flatMap((key) =>
        rule
            .texts(key)
            .filter((range) => EVERYWHERE.includes(range))
            .map((range) => ({ key, range })),
    )[0];

/** Whether a rule is for all protocols and ports. */
export const isForAllTraffic = (rule: Fields): boolean => {
    const protocol = rule.text("protocol") ?? rule.text("ipProtocol");
    return protocol === "-1" || protocol === "all";
};
