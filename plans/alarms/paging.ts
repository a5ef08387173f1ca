import type { WatchedEndpoint } from "../watched-endpoint.ts";
import { type Alarm, alarmName } from "./alarm.ts";
import { type AlarmSettings, PAGED } from "./settings.ts";

/** What CloudWatch takes of a composite alarm. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html */
const PAGE_LIMITS = { alarms: 100, ruleLength: 10_240 } as const;

/** Those of the alarms that wake somebody. */
export const pagedAlarms = (alarms: readonly Alarm[], { pageOn = PAGED }: AlarmSettings): readonly Alarm[] =>
    alarms.filter(({ kind }) => pageOn.includes(kind));

/** Rule of the alarm that goes off when one of these, by name, does. */
export const pageRule = (names: readonly string[]): string => names.map((name) => `ALARM("${name}")`).join(" OR ");

/** Why CloudWatch would refuse one alarm over all those that page. */
export function pageProblems({ name }: WatchedEndpoint, paged: readonly Alarm[]): string[] {
    const { length } = pageRule(paged.map((alarm) => alarmName(name, alarm)));
    const problems: string[] = [];
    if (paged.length > PAGE_LIMITS.alarms)
        problems.push(
            `alarms.pageOn: ${paged.length} alarms over all variants; one alarm goes over ${PAGE_LIMITS.alarms} at most`,
        );
    if (length > PAGE_LIMITS.ruleLength)
        problems.push(
            `alarms.pageOn: the rule over ${paged.length} alarms has ${length} characters; at most ${PAGE_LIMITS.ruleLength}. ` +
                "Page on fewer, or shorten the names of the endpoint and its variants",
        );
    return problems;
}
