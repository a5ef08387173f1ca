import type { Fields } from "../../framework/fields.ts";
import { isLimitedBy } from "./conditions.ts";

interface Exception {
    /** Why AWS, or this, has no resource for it. */
    readonly reason: string;
    /** The key, in lower case, of a condition that must take the resource's place. @default - none */
    readonly condition?: string;
}

const DELIVERY: Exception = { reason: "log deliveries and resource policies are the account's" };
const LIST: Exception = { reason: "what lists the things of an account is not about one of them" };
const XRAY: Exception = { reason: "X-Ray takes traces for the account" };

/**
 * Actions for which AWS knows no resource, so that their statement must say `*`. A name that ends in `*` stands for all that begin so.
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const UNBOUNDED: Readonly<Record<string, Exception>> = {
    "ecr:GetAuthorizationToken": { reason: "the token is the registry's" },
    "cloudwatch:PutMetricData": { reason: "a metric is no resource", condition: "cloudwatch:namespace" },
    "cloudwatch:GetMetricData": { reason: "a metric is no resource" },
    "cloudwatch:GetMetricStatistics": { reason: "a metric is no resource" },
    "cloudwatch:ListMetrics": LIST,
    "ec2:Describe*": LIST,
    "s3:ListAllMyBuckets": LIST,
    "kms:ListAliases": LIST,
    "kms:ListKeys": LIST,
    "sagemaker:List*": LIST,
    "sts:GetCallerIdentity": { reason: "it is about whoever asks" },
    "logs:CreateLogDelivery": DELIVERY,
    "logs:GetLogDelivery": DELIVERY,
    "logs:UpdateLogDelivery": DELIVERY,
    "logs:DeleteLogDelivery": DELIVERY,
    "logs:ListLogDeliveries": DELIVERY,
    "logs:PutResourcePolicy": DELIVERY,
    "logs:DescribeResourcePolicies": DELIVERY,
    "logs:DescribeLogGroups": DELIVERY,
    "xray:PutTraceSegments": XRAY,
    "xray:PutTelemetryRecords": XRAY,
    "xray:GetSamplingRules": XRAY,
    "xray:GetSamplingTargets": XRAY,
};

const isNamed = (name: string, action: string): boolean => {
    const [wanted, given] = [name.toLowerCase(), action.toLowerCase()];
    return wanted.endsWith("*") ? given.startsWith(wanted.slice(0, -1)) : given === wanted;
};

/** Whether an action of a statement may be allowed on every resource. */
export function mayBeUnbounded(statement: Fields, action: string, more: readonly string[]): boolean {
    if (more.some((name) => isNamed(name, action))) return true;
    const [, exception] = Object.entries(UNBOUNDED).find(([name]) => isNamed(name, action)) ?? [];
    if (exception === undefined) return false;
    return exception.condition === undefined || isLimitedBy(statement, [exception.condition]);
}
