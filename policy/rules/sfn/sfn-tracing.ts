import { HINT_IN_PROD } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { STATE_MACHINE } from "./types.ts";

export const sfnTracing = resourceRule({
    id: "sfn-tracing",
    title: "A state machine is traced.",
    why: "A trace shows where the time of an execution goes; a workflow that only waits for one job has little to show.",
    controls: [{ standard: "Checkov", id: "CKV_AWS_284" }],
    remediation: "Set tracingConfiguration.enabled to true, and let the role write to X-Ray.",
    level: HINT_IN_PROD,
    types: [STATE_MACHINE],
    check: ({ properties: machine }) => {
        if (machine.block("tracingConfiguration")?.flag("enabled") === true) return [];
        return [machine.problem("tracingConfiguration.enabled", "is not true; accepted: true")];
    },
});
