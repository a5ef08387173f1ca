import { RAISED } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { STATE_MACHINE } from "./types.ts";

export const sfnLogging = resourceRule({
    id: "sfn-logging",
    title: "A state machine writes to a log what went wrong.",
    why: "Step Functions forgets an execution after 90 days, and an express one at once: without a log nobody learns why a job failed.",
    controls: [
        { standard: "Checkov", id: "CKV_AWS_285" },
        { standard: "Security Hub", id: "StepFunctions.1" },
        { standard: "AWS Config", id: "step-functions-state-machine-logging-enabled" },
    ],
    remediation: "Set loggingConfiguration.level to ERROR or more, and logDestination to a log group.",
    level: RAISED,
    types: [STATE_MACHINE],
    check: ({ properties: machine }) => {
        const logging = machine.block("loggingConfiguration");
        if (logging === undefined)
            return [machine.problem("loggingConfiguration", "is not set; accepted: a level and a log group")];
        const level = logging.has("level") ? logging.text("level") : undefined;
        return [
            ...(level === undefined || level === "OFF"
                ? [logging.problem("level", `is ${level ?? "not set"}; accepted: ALL, ERROR, FATAL`)]
                : []),
            ...(logging.has("logDestination")
                ? []
                : [logging.problem("logDestination", "is not set; accepted: the ARN of a log group, and :*")]),
        ];
    },
});
