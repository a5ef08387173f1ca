import type { Suppression } from "./suppression.ts";

/** Stacks that show a pattern, and hold nothing but sample data. */
const SAMPLES = ["dev", "pipeline", "ensemble", "multi-model", "triton"] as const;

/** Stacks without a year of logs, and without records of who reads buckets: what production must have, and what costs. */
const BELOW_PROD = [...SAMPLES, "staging"] as const;

/** Every failure that Checkov may have over this repository's stacks, and why it is none. */
export const SUPPRESSIONS: readonly Suppression[] = [
    {
        check: "CKV_AWS_98",
        resource: "aws_sagemaker_endpoint_configuration.*",
        stacks: SAMPLES,
        reason: "A trial has no key of its own, which costs by the month and outlives the stack for weeks. `key` encrypts the volumes, as in prod.",
    },
    {
        check: "CKV_AWS_145",
        resource: "aws_s3_bucket.*",
        stacks: SAMPLES,
        reason: "S3 encrypts with its own key, and the bucket holds nothing that must be kept. `key` encrypts it with a key of the stack, as in prod.",
    },
    {
        check: "CKV_AWS_158",
        resource: "aws_cloudwatch_log_group.*",
        stacks: SAMPLES,
        reason: "CloudWatch encrypts with its own key. `key` encrypts the log with a key of the stack, as in prod.",
    },
    {
        check: "CKV_AWS_338",
        resource: "aws_cloudwatch_log_group.*",
        stacks: BELOW_PROD,
        reason: "The log of a trial is of no use after some months, and each GB costs. prod keeps its own for a year.",
    },
    {
        check: "CKV_AWS_370",
        resource: "aws_sagemaker_model.*",
        stacks: SAMPLES,
        reason: "A trial deploys into any account, without a network of its own. `network` isolates the containers, as in prod.",
    },
    {
        check: "CKV_AWS_18",
        resource: "aws_s3_bucket.*",
        stacks: BELOW_PROD,
        reason: "The records go to a bucket that is there, which a trial cannot count on. `accessLogBucket` names it, as in prod.",
    },
    {
        check: "CKV_AWS_144",
        resource: "aws_s3_bucket.*",
        reason: "Artifacts are packed from source, the same byte for byte, so a stack in another region makes its own; requests and results stay in the region that they were sent to.",
    },
    {
        check: "CKV2_AWS_62",
        resource: "aws_s3_bucket.*",
        reason: "Nothing listens to these buckets. The one whose objects start transform jobs has notifications.",
    },
    {
        check: "CKV_AWS_284",
        resource: "aws_sfn_state_machine.*",
        reason: "A job takes minutes, and the execution's history tells when each step began and ended. For a trace the role would need actions on all resources.",
    },
    {
        check: "CKV_AWS_285",
        resource: "aws_sfn_state_machine.*",
        reason: "Failed executions are logged, without their data on purpose: it names the caller's files, and stays in the execution's history alone.",
    },
    {
        check: "CKV2_AWS_5",
        resource: "aws_security_group.serial-inference-containers",
        reason: "The model's VPC configuration attaches it, which Checkov does not look at.",
    },
];
