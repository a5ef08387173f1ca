import type { Rule } from "../../framework/rule.ts";
import { logGroupKms } from "./log-group-kms.ts";
import { logGroupRetention } from "./log-group-retention.ts";
import { logGroupYear } from "./log-group-year.ts";

export const logsRules: readonly Rule[] = [logGroupRetention, logGroupYear, logGroupKms];
