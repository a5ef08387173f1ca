import type { Rule } from "../../framework/rule.ts";
import { sfnExecutionData } from "./sfn-execution-data.ts";
import { sfnLogging } from "./sfn-logging.ts";
import { sfnTracing } from "./sfn-tracing.ts";

export const sfnRules: readonly Rule[] = [sfnLogging, sfnExecutionData, sfnTracing];
