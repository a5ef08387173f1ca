import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../plans/iam/statement.ts";
import { starterStatements, undeliveredEvents } from "../plans/iam/transform-roles.ts";
import { serviceRole } from "./service-role.ts";

export interface TransformStarterArgs {
    /** What starts a job when it lands. */
    readonly startOn: "object" | "manifest";
    readonly bucketName: pulumi.Input<string>;
    /** Below which it must land; ends in `/`. */
    readonly prefix: pulumi.Input<string>;
    readonly stateMachineArn: pulumi.Input<string>;
}

/** How long EventBridge tries to deliver an event before it puts it into the queue. */
const RETRY_SECONDS = 3600;
/** The longest that SQS keeps a message: two weeks. */
const KEEP_SECONDS = 1_209_600;

/**
 * Starts the state machine when an object lands in the bucket. Events that cannot be delivered stay in a queue for two weeks. The bucket
 * must send its events to EventBridge; one made for the transform does.
 */
export class TransformStarter extends pulumi.ComponentResource {
    constructor(name: string, args: TransformStarterArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:TransformStarter", name, { startOn: args.startOn }, opts);
        const child = { parent: this };
        const suffix = args.startOn === "manifest" ? "*.manifest" : "*";
        const rule = new aws.cloudwatch.EventRule(
            name,
            {
                description: `Starts a transform job when ${args.startOn === "manifest" ? "a manifest" : "an object"} lands`,
                eventPattern: pulumi.jsonStringify({
                    source: ["aws.s3"],
                    "detail-type": ["Object Created"],
                    detail: {
                        bucket: { name: [args.bucketName] },
                        object: { key: [{ wildcard: pulumi.interpolate`${args.prefix}${suffix}` }] },
                    },
                }),
            },
            child,
        );
        const undelivered = new aws.sqs.Queue(
            name,
            { messageRetentionSeconds: KEEP_SECONDS, sqsManagedSseEnabled: true },
            child,
        );
        const queuePolicy = new aws.sqs.QueuePolicy(
            name,
            {
                queueUrl: undelivered.id,
                policy: pulumi.jsonStringify(policyDocument(undeliveredEvents(undelivered.arn, rule.arn))),
            },
            child,
        );
        const roleArn = serviceRole(
            name,
            {
                sid: "EventBridge",
                service: "events.amazonaws.com",
                statements: starterStatements(args.stateMachineArn),
            },
            this,
        );
        new aws.cloudwatch.EventTarget(
            name,
            {
                rule: rule.name,
                arn: args.stateMachineArn,
                roleArn,
                retryPolicy: { maximumEventAgeInSeconds: RETRY_SECONDS, maximumRetryAttempts: 185 },
                deadLetterConfig: { arn: undelivered.arn },
            },
            { ...child, dependsOn: queuePolicy },
        );
        this.registerOutputs({});
    }
}
