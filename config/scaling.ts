import { z } from "zod";
import { LIMITS } from "../plans/limits.ts";
import { list, matching, name, object, oneOf, optional, whole } from "./fields.ts";

/** A number over 0, not only a whole one. */
const positive = (unit: string) => {
    const accepted = `a number of ${unit} above 0`;
    return z.number({ error: accepted }).positive(accepted);
};

const target = oneOf(
    [
        object({
            invocationsPerInstance: positive("requests a minute").describe("Requests a minute on each instance."),
        }),
        object({
            concurrentRequests: positive("requests").describe(
                "Requests in flight on each instance, by a metric of high resolution.",
            ),
        }),
        object({
            backlogPerInstance: positive("requests").describe(
                "Requests of an asynchronous endpoint that wait, for each instance.",
            ),
        }),
    ],
    ["invocationsPerInstance", "concurrentRequests", "backlogPerInstance"],
);

const timeZoneAccepted = "a time zone of the IANA database, such as Europe/Lisbon";

/** What Intl knows, without the offsets that it takes as well. */
function isTimeZone(zone: string): boolean {
    if (!/^[A-Za-z]/.test(zone)) return false;
    try {
        return new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "";
    } catch {
        return false;
    }
}

const timeZone = optional(
    z.string({ error: timeZoneAccepted }).refine(isTimeZone, timeZoneAccepted),
    "Time zone of the IANA database. Default UTC.",
);

const CRON = /^[\d*,/-]+ [\d*,/-]+ (?:[\dLW*,/-]+ [\dA-Z*,/-]+ \?|\? [\dA-Z*,/-]+ [\dA-Z#*,/-]+) [\d*,/-]+$/;

const bounds = {
    name: name().describe("Unique in the variant."),
    min: optional(whole(LIMITS.scaledInstances, "instances"), "Instances at least, from then on. Default: as it is."),
    max: optional(whole(LIMITS.scaledInstances, "instances"), "Instances at most, from then on. Default: as it is."),
};

const action = oneOf(
    [
        object({
            ...bounds,
            cron: matching(
                CRON,
                "six fields, with ? for the day of the month or that of the week, such as 0 7 ? * MON-FRI *",
            ).describe("Minutes, hours, day of the month, month, day of the week, year."),
            timeZone,
        }),
        object({
            ...bounds,
            at: matching(
                /^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d$/,
                "a date and a time without a zone, such as 2026-11-27T06:00:00",
            ).describe("Date and time, once."),
            timeZone,
        }),
        object({
            ...bounds,
            rate: matching(
                /^(?:1 (?:minute|hour|day)|(?:[2-9]|[1-9]\d+) (?:minutes|hours|days))$/,
                "such as 1 day or 12 hours",
            ).describe("How often, from when the action is made."),
        }),
    ],
    ["cron", "at", "rate"],
);

const cooldown = (what: string) =>
    optional(
        whole(LIMITS.cooldownSeconds, "seconds"),
        `After instances were ${what} until more are. Default: 300, Application Auto Scaling's.`,
    );

/** How the number of instances follows the load. */
const scalingSettings = object({
    min: whole(LIMITS.scaledInstances, "instances").describe("Instances at least."),
    max: whole(LIMITS.instances, "instances").describe("Instances at most."),
    target: optional(target, "What the number of instances is held to. Default: nothing, the schedule alone."),
    scaleOutCooldownSeconds: cooldown("added"),
    scaleInCooldownSeconds: cooldown("removed"),
    schedule: optional(list(action, LIMITS.scheduledActions, "actions"), "Other bounds at a time."),
});

export const scaling = z.union([scalingSettings, z.literal("none")], {
    error: `${Object.keys(scalingSettings.shape).join(", ")}; or none`,
});
