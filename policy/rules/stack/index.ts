import type { Rule } from "../../framework/rule.ts";
import { requiredTags } from "./required-tags.ts";

export const stackRules: readonly Rule[] = [requiredTags];
