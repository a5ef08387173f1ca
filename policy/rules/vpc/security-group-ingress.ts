import { each } from "../../framework/each.ts";
import { resourceRule } from "../../framework/rule.ts";
import { GROUP_TYPES, groupRules, openRange } from "./group-rules.ts";

export const securityGroupIngress = resourceRule({
    id: "security-group-ingress",
    title: "Nothing that hosts models lets the internet in.",
    why: "SageMaker's requests do not come through the VPC, so whoever knocks at a container's own address is no caller.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_24" },
        { standard: "Checkov", id: "CKV_AWS_25" },
        { standard: "Checkov", id: "CKV_AWS_260" },
        { standard: "Checkov", id: "CKV_AWS_277" },
        { standard: "Security Hub", id: "EC2.18" },
    ],
    remediation: "Name the security group or the addresses that come in.",
    level: "mandatory",
    types: GROUP_TYPES,
    check: (resource) =>
        each(groupRules(resource, "ingress"), (rule) => {
            const open = openRange(rule);
            return open === undefined
                ? []
                : [rule.problem(open.key, `lets ${open.range} in; accepted: addresses or groups of one's own`)];
        }),
});
