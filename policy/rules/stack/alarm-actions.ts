import { eachResource } from "../../framework/each.ts";
import { RAISED } from "../../framework/level.ts";
import type { Resource } from "../../framework/resource.ts";
import { stackRule } from "../../framework/rule.ts";
import type { StackGraph } from "../../framework/stack-graph.ts";
import { allRollbackAlarms } from "./rollback-alarms.ts";
import { COMPOSITE_ALARM, METRIC_ALARM } from "./types.ts";

/** The alarms of a rule such as `ALARM("a") OR NOT OK(b)`, each by its name or ARN. */
const namesIn = (rule: string): (string | undefined)[] =>
    [...rule.matchAll(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|([^")\s]+))\s*\)/gi)].map(
        ([, quoted, plain]) => quoted ?? plain,
    );

/** Whether another alarm's rule, or an endpoint's deployment, looks at it. */
function isLookedAt(stack: StackGraph, { properties: alarm }: Resource): boolean {
    const name = alarm.text("name");
    if (name === undefined) return false;
    const rollback = allRollbackAlarms(stack);
    if (rollback.includes(name)) return true;
    // it watches one fleet while it is deployed: that no deployment looks at any is endpoint-rollback-alarms' matter
    if (rollback.length === 0 && alarm.block("dimensions")?.has("EndpointConfigName") === true) return true;
    const known = [name, alarm.has("arn") ? alarm.text("arn") : undefined];
    return stack
        .ofType(COMPOSITE_ALARM)
        .some(({ properties: composite }) =>
            namesIn(composite.text("alarmRule") ?? "").some((one) => known.includes(one)),
        );
}

export const alarmActions = stackRule({
    id: "alarm-actions",
    title: "An alarm tells somebody, or something looks at it.",
    why: "An alarm without actions goes off in a console that nobody has open.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_319" },
        { standard: "Security Hub", id: "CloudWatch.15" },
        { standard: "Security Hub", id: "CloudWatch.17" },
    ],
    remediation: "Set alarmActions to a topic, and leave actionsEnabled true.",
    level: RAISED,
    check: (stack) =>
        eachResource(stack.ofType(METRIC_ALARM, COMPOSITE_ALARM), (resource) => {
            const { properties: alarm } = resource;
            if (alarm.flag("actionsEnabled") === false) {
                return [alarm.problem("actionsEnabled", "is false; accepted: true")];
            }
            if (alarm.texts("alarmActions").length > 0 || isLookedAt(stack, resource)) return [];
            return [
                alarm.problem("alarmActions", "is empty, and nothing looks at the alarm; accepted: ARNs of topics"),
            ];
        }),
});
