import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Audience } from "../plans/alarms/settings.ts";
import { alarmTopicStatements } from "../plans/iam/alarm-topic.ts";
import { policyDocument } from "../plans/iam/statement.ts";

export interface AlarmTopicArgs {
    readonly audience: Audience;
    /**
     * ARN of a KMS key that CloudWatch may use. SNS's own key cannot stand in for it: CloudWatch may not use that one, and every alarm
     * would be lost without a word.
     * @default - none: SNS's disk encryption alone
     */
    readonly keyArn?: pulumi.Input<string> | undefined;
}

/** Where alarms are told: a topic that is there already, or one of the stack's own with its subscribers. */
export class AlarmTopic extends pulumi.ComponentResource {
    readonly arn: pulumi.Output<string>;

    constructor(name: string, args: AlarmTopicArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:AlarmTopic", name, {}, opts);
        const { audience, keyArn } = args;
        this.arn = "topic" in audience ? pulumi.output(audience.topic) : this.own(name, audience.subscribers, keyArn);
        this.registerOutputs({ arn: this.arn });
    }

    /** ARN of the topic, known once alarms may publish to it. */
    private own(name: string, subscribers: readonly string[], keyArn: AlarmTopicArgs["keyArn"]): pulumi.Output<string> {
        const child = { parent: this };
        const topic = new aws.sns.Topic(name, keyArn === undefined ? {} : { kmsMasterKeyId: keyArn }, child);
        const account = aws.getCallerIdentityOutput({}, child).accountId;
        const policy = new aws.sns.TopicPolicy(
            name,
            { arn: topic.arn, policy: pulumi.jsonStringify(policyDocument(alarmTopicStatements(topic.arn, account))) },
            child,
        );
        for (const subscriber of subscribers) {
            const protocol = subscriber.startsWith("https://") ? "https" : "email";
            new aws.sns.TopicSubscription(
                `${name}-${subscriber}`,
                { topic: topic.arn, protocol, endpoint: subscriber },
                child,
            );
        }
        return pulumi.all([topic.arn, policy.id]).apply(([arn]) => arn);
    }
}
