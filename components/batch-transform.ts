import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { stackName } from "../plans/environment.ts";
import { workflowStatements } from "../plans/iam/transform-roles.ts";
import { stateMachineLogGroup } from "../plans/log-groups.ts";
import { encryptsJobVolumes } from "../plans/transform-job.ts";
import type { TransformSettings } from "../plans/transform.ts";
import { jobPrefix, transformWorkflow } from "../plans/transform-workflow.ts";
import { privateTopic } from "./private-topic.ts";
import { serviceRole } from "./service-role.ts";
import type { TransformData } from "./transform-data.ts";
import { TransformStarter } from "./transform-starter.ts";

export interface BatchTransformArgs {
    readonly settings: TransformSettings;
    readonly modelName: pulumi.Input<string>;
    /** Where files are read and results written. */
    readonly data: TransformData;
    /** ARN of the KMS key that encrypts results, volumes, log and topic. @default - AWS's own keys */
    readonly keyArn?: pulumi.Input<string> | undefined;
    /** Days that the log of failed executions is kept. @default 90 */
    readonly logDays?: number | undefined;
}

const DEFAULT_LOG_DAYS = 90;

/**
 * Batch transform of a model: a state machine that runs a transform job, waits for it, tries again, and tells a topic when it failed.
 * It needs no endpoint; `aws stepfunctions start-execution` starts it, or an object that lands in the bucket.
 */
export class BatchTransform extends pulumi.ComponentResource {
    readonly stateMachineArn: pulumi.Output<string>;
    /** Hears of jobs that failed. */
    readonly failureTopicArn: pulumi.Output<string>;
    private readonly child = { parent: this };

    constructor(name: string, args: BatchTransformArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:BatchTransform", name, {}, opts);
        const { settings, data, keyArn, logDays = DEFAULT_LOG_DAYS } = args;
        const prefix = jobPrefix(stackName(name, pulumi.getStack()));
        const failureTopic = privateTopic(
            name,
            { key: keyArn ?? "alias/aws/sns", subscribers: settings.notify ?? [] },
            this,
        );
        const role = this.role(name, prefix, failureTopic, args);
        const { partition } = aws.getPartitionOutput({}, this.child);
        const definition = transformWorkflow({
            settings,
            jobPrefix: prefix,
            modelName: args.modelName,
            input: data.input.uri,
            output: data.output.uri,
            failureTopic,
            key: keyArn,
            integration: (action) => pulumi.interpolate`arn:${partition}:states:::${action}`,
        });
        const log = new aws.cloudwatch.LogGroup(
            name,
            {
                name: stateMachineLogGroup(name, pulumi.getStack()),
                retentionInDays: logDays,
                ...(keyArn !== undefined && { kmsKeyId: keyArn }),
            },
            this.child,
        );
        const stateMachine = new aws.sfn.StateMachine(
            name,
            {
                roleArn: role,
                definition: pulumi.jsonStringify(definition),
                loggingConfiguration: {
                    level: "ERROR",
                    includeExecutionData: false,
                    logDestination: pulumi.interpolate`${log.arn}:*`,
                },
            },
            this.child,
        );
        if (settings.startOn !== undefined) {
            new TransformStarter(
                `${name}-start`,
                {
                    startOn: settings.startOn,
                    bucketName: data.input.bucketName,
                    prefix: data.input.key,
                    stateMachineArn: stateMachine.arn,
                },
                this.child,
            );
        }
        this.stateMachineArn = stateMachine.arn;
        this.failureTopicArn = failureTopic;
        this.registerOutputs({ stateMachineArn: this.stateMachineArn, failureTopicArn: this.failureTopicArn });
    }

    /** ARN of the state machine's role, known once its policy is attached. */
    private role(
        name: string,
        prefix: string,
        failureTopic: pulumi.Output<string>,
        { settings, keyArn }: BatchTransformArgs,
    ): pulumi.Output<string> {
        const account = aws.getCallerIdentityOutput({}, this.child).accountId;
        const { region } = aws.getRegionOutput({}, this.child);
        const { partition } = aws.getPartitionOutput({}, this.child);
        const statements = workflowStatements({
            jobs: pulumi.interpolate`arn:${partition}:sagemaker:${region}:${account}:transform-job/${prefix}-*`,
            managedRule: pulumi.interpolate`arn:${partition}:events:${region}:${account}:rule/StepFunctionsGetEventsForSageMakerTransformJobsRule`,
            failureTopic,
            key: keyArn,
            encryptsVolumes: encryptsJobVolumes(settings),
        });
        return serviceRole(
            `${name}-transform`,
            { sid: "StepFunctions", service: "states.amazonaws.com", statements },
            this,
        );
    }
}
