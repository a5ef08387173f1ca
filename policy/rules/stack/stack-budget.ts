import { ONLY_IN_PROD } from "../../framework/level.ts";
import type { Fields } from "../../framework/fields.ts";
import { matching } from "../../framework/matching.ts";
import { stackRule } from "../../framework/rule.ts";
import { BUDGET } from "./types.ts";

const RECEIVERS = ["subscriberEmailAddresses", "subscriberSnsTopicArns"];

const tells = (budget: Fields): boolean =>
    budget.blocks("notifications").some((one) => RECEIVERS.some((key) => one.has(key) && one.texts(key).length > 0));

export const stackBudget = stackRule({
    id: "stack-budget",
    title: "A stack of production has a budget that tells somebody.",
    why: "An endpoint is paid for by the hour, scaled out by mistake too; the bill comes a month later.",
    controls: [{ standard: "ours", id: "a prod stack without a budget" }],
    remediation:
        "Add an aws.budgets.Budget with notifications; one that is kept elsewhere is a reason to disable the rule.",
    level: ONLY_IN_PROD,
    check: (stack) => {
        const budgets = stack.ofType(BUDGET);
        if (budgets.length === 0) return [{ message: "the stack has no budget; accepted: one" }];
        if (matching(budgets, ({ properties }) => tells(properties)).length > 0) return [];
        return budgets.map((budget) => ({
            ...budget.properties.problem("notifications", "tells nobody; accepted: e-mail addresses or topics"),
            resource: budget,
        }));
    },
});
