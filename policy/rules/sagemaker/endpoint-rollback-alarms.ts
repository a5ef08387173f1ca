import { LIMITS } from "../../../plans/limits.ts";
import { resourceRule } from "../../framework/rule.ts";
import { ENDPOINT } from "./types.ts";

const { min, max } = LIMITS.rollbackAlarms;

export const endpointRollbackAlarms = resourceRule({
    id: "endpoint-rollback-alarms",
    title: `An endpoint's updates are rolled back by ${min} to ${max} alarms.`,
    why: "Traffic that is moved in steps with nobody watching arrives at a broken model all the same, only later.",
    controls: [{ standard: "ours", id: "guardrails" }],
    remediation: "Name the endpoint's alarms in deploymentConfig.autoRollbackConfiguration.alarms.",
    level: "mandatory",
    types: [ENDPOINT],
    check: ({ properties: endpoint }) => {
        const deployment = endpoint.block("deploymentConfig");
        if (deployment === undefined) return [];
        const rollback = deployment.block("autoRollbackConfiguration");
        if (rollback === undefined) {
            return [deployment.problem("autoRollbackConfiguration", `is not set; accepted: ${min} to ${max} alarms`)];
        }
        const alarms = rollback.blocks("alarms");
        if (alarms.length < min || alarms.length > max) {
            return [rollback.problem("alarms", `has ${alarms.length}; accepted: ${min} to ${max}`)];
        }
        const names = alarms.map((alarm) => alarm.text("alarmName"));
        return alarms.flatMap((alarm, index) => {
            const first = names.indexOf(names[index]);
            if (first === index) return [];
            const other = alarms[first]?.path ?? "";
            return [
                alarm.problem(
                    "alarmName",
                    `is "${names[index] ?? ""}", as is that of ${other}; accepted: each alarm once`,
                ),
            ];
        });
    },
});
