import type { Rule } from "../../framework/rule.ts";
import { iamNoFullAccess } from "./iam-no-full-access.ts";
import { iamNoInversions } from "./iam-no-inversions.ts";
import { iamNoWildcardActions } from "./iam-no-wildcard-actions.ts";
import { iamNoWildcardResources } from "./iam-no-wildcard-resources.ts";
import { iamPolicyDocument } from "./iam-policy-document.ts";
import { iamSagemakerRoleTrust } from "./iam-sagemaker-role-trust.ts";
import { iamServiceGrantsLimited } from "./iam-service-grants-limited.ts";
import { iamTrustLimited } from "./iam-trust-limited.ts";
import { iamTrustNotPublic } from "./iam-trust-not-public.ts";

export const iamRules: readonly Rule[] = [
    iamPolicyDocument,
    iamNoFullAccess,
    iamNoWildcardActions,
    iamNoWildcardResources,
    iamNoInversions,
    iamTrustNotPublic,
    iamTrustLimited,
    iamServiceGrantsLimited,
    iamSagemakerRoleTrust,
];
