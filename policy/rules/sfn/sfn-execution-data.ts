import { IN_PROD } from "../../framework/level.ts";
import { resourceRule } from "../../framework/rule.ts";
import { STATE_MACHINE } from "./types.ts";

export const sfnExecutionData = resourceRule({
    id: "sfn-execution-data",
    title: "What passes through a state machine stays out of its log.",
    why: "Inputs and results name customers' files, or hold their data; in the log everybody who looks for a fault reads them.",
    controls: [{ standard: "ours", id: "no customers' data in logs" }],
    remediation: "Set loggingConfiguration.includeExecutionData to false.",
    level: IN_PROD,
    types: [STATE_MACHINE],
    check: ({ properties: machine }) => {
        const logging = machine.block("loggingConfiguration");
        if (logging?.flag("includeExecutionData") !== true) return [];
        return [logging.problem("includeExecutionData", "is true; accepted: false")];
    },
});
