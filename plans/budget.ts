import { repeated } from "./repeated.ts";
import { STACK_TAG } from "./tags.ts";

/** When receivers of a budget hear of it. */
export interface BudgetAlert {
    /** Percent of the budget, 1–1000. */
    readonly percent: number;
    /** Of what the month is expected to cost in the end, rather than of what it has cost. @default false */
    readonly forecast?: boolean;
}

/** What a stack is to cost in a month. */
export interface Budget {
    /** US dollars a month. */
    readonly monthlyUsd: number;
    /** @default 80 and 100 percent of what it has cost, and 100 percent of the forecast */
    readonly alerts?: readonly BudgetAlert[];
    /** E-mail addresses that hear of every alert. @default - none */
    readonly emails?: readonly string[];
    /** ARN of an SNS topic that hears of every alert; its policy must let budgets.amazonaws.com publish. @default - none */
    readonly topic?: string;
}

/** @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateBudget.html */
export const BUDGET_LIMITS = {
    alerts: { min: 1, max: 5 },
    /** E-mail addresses of an alert; a topic comes on top. */
    emails: { min: 1, max: 10 },
    percent: { min: 1, max: 1000 },
} as const;

const DEFAULT_ALERTS: readonly BudgetAlert[] = [{ percent: 80 }, { percent: 100 }, { percent: 100, forecast: true }];

const isForecast = ({ forecast }: BudgetAlert): boolean => forecast ?? false;

/** Every rule that a budget breaks, beside what its form says. */
export function budgetProblems({ alerts = DEFAULT_ALERTS, emails = [], topic }: Budget): string[] {
    const problems: string[] = [];
    if (emails.length === 0 && topic === undefined) {
        problems.push("budget: nobody hears of it; name emails, or a topic");
    }
    for (const email of repeated(emails)) problems.push(`budget.emails: ${email} is named twice`);
    for (const forecast of [false, true]) {
        const percents = alerts.filter((alert) => isForecast(alert) === forecast).map(({ percent }) => percent);
        const of = forecast ? "of the forecast" : "of what has been spent";
        for (const [index, percent] of percents.entries()) {
            const before = percents[index - 1];
            if (before === percent) problems.push(`budget.alerts: ${percent} percent ${of} is named twice`);
            else if (before !== undefined && before > percent) {
                problems.push(
                    `budget.alerts: ${percent} percent ${of} comes after ${before}; name them from the least to the most`,
                );
            }
        }
    }
    return problems;
}

/**
 * What a budget takes.
 * @param stack value of the stack's tag, by which its cost is told from others'
 */
export const planBudget = ({ monthlyUsd, alerts = DEFAULT_ALERTS, emails, topic }: Budget, stack: string) => ({
    budgetType: "COST",
    timeUnit: "MONTHLY",
    limitAmount: String(monthlyUsd),
    limitUnit: "USD",
    costFilters: [{ name: "TagKeyValue", values: [`user:${STACK_TAG}$${stack}`] }],
    notifications: alerts.map((alert) => ({
        comparisonOperator: "GREATER_THAN",
        notificationType: isForecast(alert) ? "FORECASTED" : "ACTUAL",
        threshold: alert.percent,
        thresholdType: "PERCENTAGE",
        ...(emails && { subscriberEmailAddresses: [...emails] }),
        ...(topic !== undefined && { subscriberSnsTopicArns: [topic] }),
    })),
});
