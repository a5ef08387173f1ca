import type { Rule } from "../framework/rule.ts";
import { ecrRules } from "./ecr/index.ts";
import { iamRules } from "./iam/index.ts";
import { kmsRules } from "./kms/index.ts";
import { logsRules } from "./logs/index.ts";
import { s3Rules } from "./s3/index.ts";
import { sagemakerRules } from "./sagemaker/index.ts";
import { sfnRules } from "./sfn/index.ts";
import { snsRules } from "./sns/index.ts";
import { sqsRules } from "./sqs/index.ts";
import { stackRules } from "./stack/index.ts";
import { vpcRules } from "./vpc/index.ts";

/** Every rule of the pack, in the order of the catalogue. */
export const rules: readonly Rule[] = [
    ...sagemakerRules,
    ...iamRules,
    ...ecrRules,
    ...s3Rules,
    ...kmsRules,
    ...snsRules,
    ...sqsRules,
    ...sfnRules,
    ...logsRules,
    ...vpcRules,
    ...stackRules,
];
