import type { Rule } from "../../framework/rule.ts";
import { ecrImmutableTags } from "./ecr-immutable-tags.ts";
import { ecrKms } from "./ecr-kms.ts";
import { ecrLifecycle } from "./ecr-lifecycle.ts";
import { ecrNotPublic } from "./ecr-not-public.ts";
import { ecrScanOnPush } from "./ecr-scan-on-push.ts";

export const ecrRules: readonly Rule[] = [ecrScanOnPush, ecrImmutableTags, ecrKms, ecrLifecycle, ecrNotPublic];
