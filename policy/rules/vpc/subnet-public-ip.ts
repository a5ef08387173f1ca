import { RAISED } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";

export const subnetPublicIp = resourceRule({
    id: "subnet-public-ip",
    title: "A subnet gives no public addresses by itself.",
    why: "What starts in it is on the internet before anybody has looked at it.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_130" },
        { standard: "Security Hub", id: "EC2.15" },
        { standard: "AWS Config", id: "subnet-auto-assign-public-ip-disabled" },
    ],
    remediation: "Set mapPublicIpOnLaunch to false, or leave it out.",
    level: RAISED,
    types: ["aws:ec2/subnet:Subnet"],
    check: ({ properties: subnet }) =>
        subnet.flag("mapPublicIpOnLaunch") === true
            ? [subnet.problem("mapPublicIpOnLaunch", "is true; accepted: false")]
            : [],
});
