import { eachResource } from "../../framework/each.ts";
import type { Fields } from "../../framework/fields.ts";
import { IN_PROD } from "../../framework/level.ts";
import { matching } from "../../framework/matching.ts";
import { stackRule } from "../../framework/rule.ts";
import { ENDPOINT } from "../sagemaker/types.ts";
import { rollbackAlarms } from "./rollback-alarms.ts";
import { METRIC_ALARM } from "./types.ts";

/** Metrics that count requests which failed by the endpoint's own fault. */
const FAILURES = ["Invocation5XXErrors", "InvocationModelErrors", "InvocationsFailed"];

/** The metric of an alarm, or those that its expression is over. */
const metricsOf = (alarm: Fields): Fields[] => [
    alarm,
    ...alarm.blocks("metricQueries").flatMap((query) => query.block("metric") ?? []),
];

export const endpointAlarms = stackRule({
    id: "endpoint-alarms",
    title: "An endpoint has an alarm on requests that fail by its own fault.",
    why: "A container that fails answers 5xx to callers, and to nobody else; a rollback alarm looks while a deployment goes on, and not at night.",
    controls: [{ standard: "ours", id: "an endpoint without alarms" }],
    remediation: `Add an aws.cloudwatch.MetricAlarm on ${FAILURES.slice(0, 2).join(" or ")} with the dimension EndpointName.`,
    level: IN_PROD,
    check: (stack) =>
        eachResource(stack.ofType(ENDPOINT), (endpoint) => {
            const name = endpoint.properties.text("name");
            const rollback = rollbackAlarms(endpoint);
            const watching = matching(
                stack.ofType(METRIC_ALARM),
                ({ properties: alarm }) =>
                    metricsOf(alarm).some(
                        (metric) =>
                            FAILURES.includes(metric.text("metricName") ?? "") &&
                            metric.block("dimensions")?.text("EndpointName") === name,
                    ) && !rollback.includes(alarm.text("name") ?? ""),
            );
            if (watching.length > 0) return [];
            return [
                {
                    message: `no alarm watches ${FAILURES.join(", ")} of endpoint ${name ?? endpoint.name}; accepted: one that does at any time`,
                },
            ];
        }),
});
