import { NOT_KNOWN } from "../../../../policy/framework/not-known.ts";
import { snsAlarmTopicKey } from "../../../../policy/rules/sns/sns-alarm-topic-key.ts";
import { snsEncryption } from "../../../../policy/rules/sns/sns-encryption.ts";
import { snsPolicyNotPublic } from "../../../../policy/rules/sns/sns-policy-not-public.ts";
import { snsTlsOnly } from "../../../../policy/rules/sns/sns-tls-only.ts";
import { sqsEncryption } from "../../../../policy/rules/sqs/sqs-encryption.ts";
import { sqsPolicyNotPublic } from "../../../../policy/rules/sqs/sqs-policy-not-public.ts";
import { describeRule } from "../../describe-rule.ts";
import type { Given } from "../../judged.ts";
import { OWN, policy } from "../iam/given.ts";

const ARN = "arn:aws:sns:eu-west-1:123456789012:alarms";
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1";
const topic = (properties: object = {}): Given => ({
    type: "aws:sns/topic:Topic",
    name: "alarms",
    properties: { arn: ARN, ...properties },
});
const alarm = (alarmActions: unknown): Given => ({
    type: "aws:cloudwatch/metricAlarm:MetricAlarm",
    name: "errors",
    properties: { alarmActions },
});

describeRule(snsEncryption, {
    passes: { "a key": { kmsMasterKeyId: KEY }, "a key that is not known yet": { kmsMasterKeyId: NOT_KNOWN } },
    fails: { none: [{}, "kmsMasterKeyId is not set; accepted: a KMS key"] },
});

const OF_SNS = { kmsMasterKeyId: "alias/aws/sns" };
describeRule(snsAlarmTopicKey, {
    passes: {
        "a key of one's own": [topic({ kmsMasterKeyId: KEY }), alarm([ARN])],
        none: [topic(), alarm([ARN])],
        "AWS's, where no alarm tells it": [topic(OF_SNS), alarm(["arn:aws:sns:eu-west-1:123456789012:other"])],
    },
    fails: {
        "AWS's, where an alarm tells it": [
            [topic(OF_SNS), alarm([ARN])],
            "kmsMasterKeyId is alias/aws/sns and alarm errors tells the topic; accepted: a key of one's own, or none",
        ],
        "AWS's by its ARN, and two alarms": [
            [topic({ kmsMasterKeyId: "arn:aws:kms:eu-west-1:123456789012:alias/aws/sns" }), alarm([ARN]), alarm([ARN])],
            "kmsMasterKeyId is arn:aws:kms:eu-west-1:123456789012:alias/aws/sns and 2 alarms tell the topic; accepted: a key of one's own, or none",
        ],
    },
    waits: { "whom an alarm tells": [[topic(OF_SNS), alarm(NOT_KNOWN)], "alarms: alarmActions"] },
});

const secured = (more: object = {}): Given => ({
    type: "aws:sns/topicPolicy:TopicPolicy",
    name: "policy",
    properties: {
        arn: ARN,
        ...policy({
            Effect: "Deny",
            Principal: "*",
            Action: "sns:Publish",
            Resource: ARN,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
            ...more,
        }),
    },
});
describeRule(snsTlsOnly, {
    passes: {
        "a policy that denies the rest": [topic(), secured()],
        "one that denies all": [topic(), secured({ Action: "sns:*" })],
    },
    fails: {
        "no policy": [[topic()], "no policy says that the topic takes TLS alone; accepted: one that does"],
        "one about something else": [
            [topic(), secured({ Action: "sns:Subscribe" })],
            "policy does not deny sns:Publish without TLS; accepted: one that does",
        ],
    },
    waits: {
        "a policy that is not known": [
            [topic(), { ...secured(), properties: { arn: ARN, policy: NOT_KNOWN } }],
            "alarms: policy",
        ],
    },
});

const everybody =
    "policy.Statement[0].Principal is * and no condition says whose; accepted: named principals, or a condition on " +
    "aws:PrincipalOrgID, aws:SourceAccount or another key that tells one's own from everybody";
const publish = { Effect: "Allow", Principal: "*", Action: "sns:Publish", Resource: ARN };
describeRule(snsPolicyNotPublic, {
    passes: {
        "SNS's own policy": {},
        "SNS's own policy, written out": policy({
            ...publish,
            Principal: { AWS: "*" },
            Condition: { StringEquals: { "AWS:SourceOwner": "123456789012" } },
        }),
    },
    fails: { everybody: [policy(publish), everybody] },
});

describeRule(sqsEncryption, {
    passes: { "SQS's keys": { sqsManagedSseEnabled: true }, "a key": { kmsMasterKeyId: NOT_KNOWN } },
    fails: {
        neither: [{}, "sqsManagedSseEnabled is not set, and there is no kmsMasterKeyId; accepted: true, or a key"],
        "what is switched off": [
            { sqsManagedSseEnabled: false },
            "sqsManagedSseEnabled is false, and there is no kmsMasterKeyId; accepted: true, or a key",
        ],
    },
});

const send = { Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: "*" };
describeRule(sqsPolicyNotPublic, {
    passes: { "an account": policy({ ...send, Condition: OWN }), "no policy": {} },
    fails: { everybody: [policy(send), everybody] },
});
