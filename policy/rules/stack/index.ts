import type { Rule } from "../../framework/rule.ts";
import { alarmActions } from "./alarm-actions.ts";
import { endpointAlarms } from "./endpoint-alarms.ts";
import { endpointConfigurationUsed } from "./endpoint-configuration-used.ts";
import { endpointLogGroup } from "./endpoint-log-group.ts";
import { imageUnverified } from "./image-unverified.ts";
import { protectedResources } from "./protected-resources.ts";
import { requiredTags } from "./required-tags.ts";
import { roleReadsBuckets } from "./role-reads-buckets.ts";
import { scalingPolicy } from "./scaling-policy.ts";
import { stackBudget } from "./stack-budget.ts";
import { uniqueNames } from "./unique-names.ts";
import { variantScaling } from "./variant-scaling.ts";

export const stackRules: readonly Rule[] = [
    endpointAlarms,
    alarmActions,
    endpointLogGroup,
    variantScaling,
    scalingPolicy,
    endpointConfigurationUsed,
    imageUnverified,
    roleReadsBuckets,
    protectedResources,
    uniqueNames,
    requiredTags,
    stackBudget,
];
