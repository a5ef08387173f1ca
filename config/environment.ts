import { z } from "zod";
import { BUDGET_LIMITS } from "../plans/budget.ts";
import { list, mapping, matching, object, optional, whole } from "./fields.ts";

const usd = "a number of US dollars above 0";

const alert = object({
    percent: whole(BUDGET_LIMITS.percent, "percent").describe("Of the budget."),
    forecast: optional(
        z.boolean({ error: "true, false" }),
        "Of what the month is expected to cost in the end. Default false: of what it has cost.",
    ),
});

const budget = object({
    monthlyUsd: z.number({ error: usd }).gt(0, usd).describe("US dollars a month."),
    alerts: optional(
        list(alert, BUDGET_LIMITS.alerts, "alerts"),
        "When receivers hear of it. Default: 80 and 100 percent, and 100 percent of the forecast.",
    ),
    emails: optional(
        list(matching(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, "an e-mail address"), BUDGET_LIMITS.emails, "e-mail addresses"),
        "Who hears of every alert.",
    ),
    topic: optional(
        matching(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+$/, "the ARN of an SNS topic that is not FIFO"),
        "A topic that hears of every alert; its policy must let budgets.amazonaws.com publish.",
    ),
});

/** Keys that tell the environments of one program apart. */
export const environment = {
    tags: optional(mapping("tags, at most 48"), "Tags of every AWS resource that takes tags. Default: none."),
    allowedAccounts: optional(
        list(
            matching(/^\d{12}$/, 'the number of an account, 12 digits in quotes, such as "123456789012"'),
            { min: 1, max: 100 },
            "accounts",
        ),
        "Accounts that the stack may be deployed to. Default: any.",
    ),
    allowedRegions: optional(
        list(matching(/^[a-z]{2}(-[a-z]+)+-\d$/, "a region, such as us-east-1"), { min: 1, max: 100 }, "regions"),
        "Regions that the stack may be deployed to. Default: any.",
    ),
    protect: optional(
        z.boolean({ error: "true, false" }),
        "Refuses to delete the endpoint, buckets, log groups, keys and model package groups. Default false.",
    ),
    budget: optional(budget, "What the stack is to cost in a month, and who hears when it costs more. Default: none."),
};
