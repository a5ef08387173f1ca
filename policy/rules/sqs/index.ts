import type { Rule } from "../../framework/rule.ts";
import { sqsEncryption } from "./sqs-encryption.ts";
import { sqsPolicyNotPublic } from "./sqs-policy-not-public.ts";

export const sqsRules: readonly Rule[] = [sqsEncryption, sqsPolicyNotPublic];
