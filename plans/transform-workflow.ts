import type { Input } from "@pulumi/pulumi";
import { LIMITS } from "./limits.ts";
import { completeTransform, type TransformSettings } from "./transform.ts";
import { planTransformJob } from "./transform-job.ts";

/** What the state machine is made of. */
export interface WorkflowArgs {
    readonly settings: TransformSettings;
    /** Beginning of every job's name, from {@link jobPrefix}. */
    readonly jobPrefix: string;
    readonly modelName: Input<string>;
    /** `s3://…/`, where an execution names no other. */
    readonly input: Input<string>;
    readonly output: Input<string>;
    readonly failureTopic: Input<string>;
    /** ARN of the key that encrypts results, and volumes where instances take one. @default - S3's own */
    readonly key?: Input<string> | undefined;
    /** ARN of an integration of Step Functions, such as `sns:publish`, in the stack's partition. */
    readonly integration: (action: string) => Input<string>;
}

/** What follows the prefix in a job's name: a hyphen, 32 hexadecimal digits, a hyphen, and up to two digits of the attempt. */
const SUFFIX_LENGTH = 1 + 32 + 1 + 2;

/** The beginning of the names of a stack's jobs; in lower case, as SageMaker writes names in ARNs. */
export const jobPrefix = (name: string): string =>
    name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .slice(0, LIMITS.transformJobNameLength - SUFFIX_LENGTH)
        .replace(/^-+|-+$/g, "");

/** An expression in JSONata; everything else in a definition is taken as it stands. */
const expression = (text: string): string => `{% ${text} %}`;

/** The event of an object that landed, as EventBridge hands it on. */
const EVENT = "$states.input.detail";
const LANDED = `"s3://" & ${EVENT}.bucket.name & "/" & ${EVENT}.object.key`;

/** The first of several values that there is; the last one is there in any case. */
const firstOf = (...values: readonly [string, ...string[]]): string =>
    values.slice(0, -1).reduceRight((rest, value) => `$exists(${value}) ? ${value} : ${rest}`, values.at(-1) ?? "");

/** A job that failed may have met a fault of the platform; an account's quota of instances is free again later. */
const retries = (jobRetries: number) => [
    {
        ErrorEquals: ["SageMaker.ResourceLimitExceededException"],
        IntervalSeconds: 300,
        BackoffRate: 2,
        MaxDelaySeconds: 3600,
        MaxAttempts: 12,
        JitterStrategy: "FULL",
    },
    { ErrorEquals: ["States.Timeout"], MaxAttempts: 0 },
    {
        ErrorEquals: ["States.ALL"],
        IntervalSeconds: 60,
        BackoffRate: 2,
        MaxAttempts: jobRetries,
        JitterStrategy: "FULL",
    },
];

/**
 * The definition of a state machine that runs one transform job and waits for it, in the Amazon States Language.
 *
 * An execution's input may name `input` (a prefix) or `manifest`, and `output`, or be the event of an object that landed; what it leaves
 * out is as the settings say. A job's name is made of the execution's ARN and the attempt, so that a call which is repeated starts no
 * second job.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 */
export function transformWorkflow({ settings, modelName, input, output, ...args }: WorkflowArgs) {
    const { startOn, jobRetries, jobTimeoutMinutes } = completeTransform(settings);
    const { TransformInput, TransformOutput, ...job } = planTransformJob(settings, modelName, args.key);
    const eventType = startOn === "manifest" ? "ManifestFile" : "S3Prefix";
    return {
        Comment: "Runs the model over files in S3, and says when that failed.",
        QueryLanguage: "JSONata",
        StartAt: "Defaults",
        States: {
            Defaults: { Type: "Pass", Assign: { input, output }, Next: "Transform" },
            Transform: {
                Type: "Task",
                Resource: args.integration("sagemaker:createTransformJob.sync"),
                Arguments: {
                    TransformJobName: expression(
                        `"${args.jobPrefix}-" & $hash($states.context.Execution.Id, "MD5") & "-" & $string($states.context.State.RetryCount)`,
                    ),
                    ...job,
                    TransformInput: {
                        ...TransformInput,
                        DataSource: {
                            S3DataSource: {
                                S3DataType: expression(
                                    `$exists(${EVENT}) ? "${eventType}" : $exists($states.input.manifest) ? "ManifestFile" : "S3Prefix"`,
                                ),
                                S3Uri: expression(
                                    `$exists(${EVENT}) ? ${LANDED} : ${firstOf("$states.input.manifest", "$states.input.input", "$input")}`,
                                ),
                            },
                        },
                    },
                    TransformOutput: {
                        ...TransformOutput,
                        S3OutputPath: expression(firstOf("$states.input.output", "$output")),
                    },
                },
                TimeoutSeconds: jobTimeoutMinutes * 60,
                Retry: retries(jobRetries),
                Catch: [
                    { ErrorEquals: ["States.ALL"], Output: expression("$states.errorOutput"), Next: "NotifyFailure" },
                ],
                End: true,
            },
            NotifyFailure: {
                Type: "Task",
                Resource: args.integration("sns:publish"),
                Arguments: {
                    TopicArn: args.failureTopic,
                    Subject: `Transform job of ${args.jobPrefix} failed`,
                    Message: expression(
                        '"Execution: " & $states.context.Execution.Id & "\\nError: " & $states.input.Error & "\\nCause: " & $states.input.Cause',
                    ),
                },
                Output: expression("$states.input"),
                Retry: [{ ErrorEquals: ["States.ALL"], IntervalSeconds: 5, BackoffRate: 2, MaxAttempts: 5 }],
                Catch: [{ ErrorEquals: ["States.ALL"], Output: expression("$states.input"), Next: "Failed" }],
                Next: "Failed",
            },
            Failed: {
                Type: "Fail",
                Error: expression("$states.input.Error"),
                Cause: expression("$states.input.Cause"),
            },
        },
    };
}
