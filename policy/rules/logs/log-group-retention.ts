import { RAISED } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { RETENTION_DAYS } from "./retention-days.ts";
import { LOG_GROUP } from "./types.ts";

export const logGroupRetention = resourceRule({
    id: "log-group-retention",
    title: "A log is kept for a time, and not for ever.",
    why: "CloudWatch keeps what has no retention for ever: the bill grows with every request, and so does what must be told of when it leaks.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_66" },
        { standard: "Security Hub", id: "CloudWatch.16" },
        { standard: "AWS Config", id: "cw-loggroup-retention-period-check" },
    ],
    remediation: "Set retentionInDays.",
    level: RAISED,
    types: [LOG_GROUP],
    check: ({ properties: group }) => {
        const days = group.number("retentionInDays");
        if (days === undefined || days === 0) {
            return [group.problem("retentionInDays", `is ${days ?? "not set"}, which is for ever; accepted: days`)];
        }
        if (RETENTION_DAYS.includes(days)) return [];
        return [
            group.problem(
                "retentionInDays",
                `is ${days}, which CloudWatch refuses; accepted: ${RETENTION_DAYS.join(", ")}`,
            ),
        ];
    },
});
