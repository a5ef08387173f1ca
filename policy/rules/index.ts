import type { Rule } from "../framework/rule.ts";
import { iamRules } from "./iam/index.ts";
import { sagemakerRules } from "./sagemaker/index.ts";
import { stackRules } from "./stack/index.ts";

/** Every rule of the pack, in the order of the catalogue. */
export const rules: readonly Rule[] = [...sagemakerRules, ...iamRules, ...stackRules];
