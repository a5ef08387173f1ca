import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { tlsOnlyTopic } from "../plans/iam/resource-policies.ts";
import { policyDocument, type Statement } from "../plans/iam/statement.ts";

export interface PrivateTopicArgs {
    /** The KMS key that encrypts messages: its ARN or alias. @default - none: SNS's disk encryption alone */
    readonly key?: pulumi.Input<string> | undefined;
    /** What the topic's policy allows services, for its ARN; roles of the account publish by policies of their own. @default - nothing */
    readonly grants?: (topicArn: pulumi.Output<string>) => readonly Statement[];
    /** E-mail addresses, and addresses that begin with https://. @default - nobody */
    readonly subscribers?: readonly string[];
}

/**
 * A topic that takes messages over TLS alone, and its subscribers. The resources are the children of `parent`, named as it is.
 * @returns its ARN, known once its policy is in force
 */
export function privateTopic(
    name: string,
    { key, grants, subscribers = [] }: PrivateTopicArgs,
    parent: pulumi.Resource,
): pulumi.Output<string> {
    const child = { parent };
    const topic = new aws.sns.Topic(name, key === undefined ? {} : { kmsMasterKeyId: key }, child);
    const statements = [...(grants?.(topic.arn) ?? []), tlsOnlyTopic(topic.arn)];
    const policy = new aws.sns.TopicPolicy(
        name,
        { arn: topic.arn, policy: pulumi.jsonStringify(policyDocument(statements)) },
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
