import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { sfnExecutionData } from "../../../../policy/rules/sfn/sfn-execution-data.ts";
import { sfnLogging } from "../../../../policy/rules/sfn/sfn-logging.ts";
import { sfnTracing } from "../../../../policy/rules/sfn/sfn-tracing.ts";
import { describeRule } from "../../describe-rule.ts";

const logging = (properties: object) => ({ loggingConfiguration: { ...properties } });
describeRule(sfnLogging, {
    passes: { "errors, into a group that is not known yet": logging({ level: "ERROR", logDestination: NOT_KNOWN }) },
    fails: {
        none: [{}, "loggingConfiguration is not set; accepted: a level and a log group"],
        "what is switched off, and goes nowhere": [
            logging({ level: "OFF" }),
            "loggingConfiguration.level is OFF; accepted: ALL, ERROR, FATAL",
            "loggingConfiguration.logDestination is not set; accepted: the ARN of a log group, and :*",
        ],
        "no level": [
            logging({ logDestination: "group" }),
            "loggingConfiguration.level is not set; accepted: ALL, ERROR, FATAL",
        ],
    },
    waits: {
        "a level that is not known": [
            logging({ level: NOT_KNOWN, logDestination: "group" }),
            "it: loggingConfiguration.level",
        ],
    },
});

describeRule(sfnExecutionData, {
    passes: { "data that stays out": logging({ includeExecutionData: false }), "no log": {} },
    fails: {
        "data in the log": [
            logging({ includeExecutionData: true }),
            "loggingConfiguration.includeExecutionData is true; accepted: false",
        ],
    },
});

describeRule(sfnTracing, {
    passes: { "one that is traced": { tracingConfiguration: { enabled: true } } },
    fails: { "one that is not": [{}, "tracingConfiguration.enabled is not true; accepted: true"] },
});
