import type { Rule } from "../../framework/rule.ts";
import { kmsDeletionWindow } from "./kms-deletion-window.ts";
import { kmsPolicyNotPublic } from "./kms-policy-not-public.ts";
import { kmsRotation } from "./kms-rotation.ts";

export const kmsRules: readonly Rule[] = [kmsRotation, kmsDeletionWindow, kmsPolicyNotPublic];
