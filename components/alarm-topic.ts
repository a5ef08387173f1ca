import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Audience } from "../plans/alarms/settings.ts";
import { alarmTopicStatements } from "../plans/iam/alarm-topic.ts";
import { privateTopic } from "./private-topic.ts";

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
        const { accountId } = aws.getCallerIdentityOutput({}, { parent: this });
        const grants = (arn: pulumi.Output<string>) => alarmTopicStatements(arn, accountId);
        return privateTopic(name, { key: keyArn, grants, subscribers }, this);
    }
}
