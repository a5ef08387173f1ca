import { z } from "zod";
import { ONLY_IN_PROD } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { RETENTION_DAYS } from "./retention-days.ts";
import { LOG_GROUP } from "./types.ts";

export const logGroupYear = resourceRule({
    id: "log-group-year",
    title: "A log of production is kept for a year.",
    why: "Incidents are found months after they began, and last year's season is what this year's is compared with.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_338" },
        { standard: "Security Hub", id: "CloudWatch.16" },
    ],
    remediation: "Raise retentionInDays, or the rule's days where data must be gone sooner.",
    level: ONLY_IN_PROD,
    options: { days: z.int().min(1).default(365).describe("Days that a log is kept at least.") },
    types: [LOG_GROUP],
    check: ({ properties: group }, { options }) => {
        const days = group.number("retentionInDays");
        if (days === undefined || !RETENTION_DAYS.includes(days)) return []; // log-group-retention's matter
        if (days >= options.days) return [];
        return [group.problem("retentionInDays", `is ${days}; accepted: ${options.days} or more`)];
    },
});
