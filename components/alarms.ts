import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { alarmFields, alarmName } from "../plans/alarms/alarm.ts";
import type { Thresholds } from "../plans/alarms/kinds.ts";
import { pagedAlarms, pageRule } from "../plans/alarms/paging.ts";
import { planAlarms } from "../plans/alarms/plan-alarms.ts";
import { alarmProblems } from "../plans/alarms/problems.ts";
import type { AlarmSettings } from "../plans/alarms/settings.ts";
import { refuse } from "../plans/plan-error.ts";
import type { WatchedEndpoint } from "../plans/watched-endpoint.ts";
import { AlarmTopic } from "./alarm-topic.ts";

export interface AlarmsArgs {
    readonly watched: WatchedEndpoint;
    readonly settings: AlarmSettings;
    /** ARN of the KMS key of the topics. @default - none */
    readonly keyArn?: pulumi.Input<string> | undefined;
}

/**
 * The alarms of an endpoint. Those that page say nothing themselves: one alarm over all of them does, so that a fault with many faces
 * wakes somebody once.
 */
export class Alarms extends pulumi.ComponentResource {
    readonly topicArn: pulumi.Output<string>;
    /** Of all alarms, the one that pages first. */
    readonly arns: readonly pulumi.Output<string>[];
    readonly thresholds: Thresholds;

    /** @throws {PlanError} where the settings ask for an alarm that the endpoint has nothing for */
    constructor(name: string, args: AlarmsArgs, opts?: pulumi.ComponentResourceOptions) {
        const { watched, settings, keyArn } = args;
        refuse(`alarms of "${watched.name}"`, alarmProblems(settings, watched));
        super("serial-inference:index:Alarms", name, {}, opts);
        const child = { parent: this };
        const planned = planAlarms(watched, settings);
        const paged = new Set(pagedAlarms(planned, settings));

        const audience = settings.notify ?? { subscribers: [] };
        const topic = new AlarmTopic(`${name}-alarms`, { audience, keyArn }, child);
        const pageTopic =
            settings.page === undefined
                ? topic
                : new AlarmTopic(`${name}-page`, { audience: settings.page, keyArn }, child);
        const alarms = planned.map((alarm) => {
            const tells = paged.has(alarm) ? [] : [topic.arn];
            const resource = new aws.cloudwatch.MetricAlarm(
                alarmName(name, alarm),
                { ...alarmFields(watched.name, alarm), alarmActions: tells, okActions: tells },
                child,
            );
            return { alarm, resource };
        });
        const names = alarms.filter(({ alarm }) => paged.has(alarm)).map(({ resource }) => resource.name);
        const page =
            names.length === 0
                ? undefined
                : new aws.cloudwatch.CompositeAlarm(
                      `${name}/page`,
                      {
                          alarmName: `${watched.name}/page`,
                          alarmDescription: `Endpoint ${watched.name} fails its callers`,
                          alarmRule: pulumi.all(names).apply(pageRule),
                          alarmActions: [pageTopic.arn],
                          okActions: [pageTopic.arn],
                      },
                      child,
                  );

        this.topicArn = topic.arn;
        this.arns = [...(page === undefined ? [] : [page.arn]), ...alarms.map(({ resource }) => resource.arn)];
        this.thresholds = Object.fromEntries(planned.map(({ kind, level }) => [kind, level]));
        this.registerOutputs({ topicArn: this.topicArn });
    }
}
