import { eachResource } from "../../framework/each.ts";
import { matching } from "../../framework/matching.ts";
import { stackRule } from "../../framework/rule.ts";
import { TOPIC } from "./types.ts";

const ALARMS = ["aws:cloudwatch/metricAlarm:MetricAlarm", "aws:cloudwatch/compositeAlarm:CompositeAlarm"];
const ACTIONS = ["alarmActions", "okActions", "insufficientDataActions"];

/** The key that AWS keeps for SNS in each account; only principals of the account may use it, and CloudWatch is none. */
const isOfSns = (key: string): boolean => key === "alias/aws/sns" || key.endsWith(":alias/aws/sns");

export const snsAlarmTopicKey = stackRule({
    id: "sns-alarm-topic-key",
    title: "A topic that alarms tell has a key that CloudWatch may use.",
    why: "CloudWatch may not use AWS's own key for SNS: an alarm then goes off, tells nobody, and says so nowhere.",
    controls: [{ standard: "ours", id: "alarms reach somebody" }],
    remediation: "Take a key of one's own whose policy lets cloudwatch.amazonaws.com use it, or none.",
    level: "mandatory",
    check: (stack) =>
        eachResource(stack.ofType(TOPIC), (topic) => {
            const key = topic.properties.has("kmsMasterKeyId") ? topic.properties.text("kmsMasterKeyId") : undefined;
            if (key === undefined || !isOfSns(key)) return [];
            const arn = topic.properties.text("arn");
            const told = matching(stack.ofType(...ALARMS), ({ properties }) =>
                ACTIONS.some((action) => arn !== undefined && properties.texts(action).includes(arn)),
            );
            if (told.length === 0) return [];
            return [
                topic.properties.problem(
                    "kmsMasterKeyId",
                    `is ${key} and ${told.length === 1 ? `alarm ${told[0]?.name ?? ""} tells` : `${told.length} alarms tell`} the topic; accepted: a key of one's own, or none`,
                ),
            ];
        }),
});
