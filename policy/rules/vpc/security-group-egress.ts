import { each } from "../../framework/each.ts";
import { RAISED } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { GROUP_TYPES, groupRules, isForAllTraffic, openRange } from "./group-rules.ts";

export const securityGroupEgress = resourceRule({
    id: "security-group-egress",
    title: "A container reaches what it needs, and not the whole internet by every protocol.",
    why: "What gets into a container sends data away by whatever gets out; models read S3 and write logs, which have endpoints in the VPC.",
    controls: [{ standard: "Checkov", id: "CKV_AWS_382" }],
    remediation: "Allow HTTPS to the prefix list of S3 and to the endpoints' group.",
    level: RAISED,
    types: GROUP_TYPES,
    check: (resource) =>
        each(groupRules(resource, "egress"), (rule) => {
            const open = openRange(rule);
            return open === undefined || !isForAllTraffic(rule)
                ? []
                : [
                      rule.problem(
                          open.key,
                          `lets all protocols out to ${open.range}; accepted: a protocol and port, or a destination`,
                      ),
                  ];
        }),
});
