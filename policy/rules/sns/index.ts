import type { Rule } from "../../framework/rule.ts";
import { snsAlarmTopicKey } from "./sns-alarm-topic-key.ts";
import { snsEncryption } from "./sns-encryption.ts";
import { snsPolicyNotPublic } from "./sns-policy-not-public.ts";
import { snsTlsOnly } from "./sns-tls-only.ts";

export const snsRules: readonly Rule[] = [snsEncryption, snsAlarmTopicKey, snsTlsOnly, snsPolicyNotPublic];
