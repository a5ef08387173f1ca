import { z } from "zod";
import { LIMITS, type Range } from "../plans/limits.ts";
import { list, matching, object, oneOf, optional, whole } from "./fields.ts";

const part = (range: Range, what: string) =>
    oneOf(
        [
            object({ percent: whole(range, "percent").describe(`Of the fleet, ${range.min} to ${range.max}.`) }),
            object({
                instances: whole({ min: 1, max: LIMITS.instances.max }, "instances").describe("Of each variant."),
            }),
        ],
        ["percent", "instances"],
    ).describe(what);

const percentage = (accepted: string) => z.number({ error: accepted }).gt(0, accepted).lt(100, accepted);
const percentAccepted = "a percentage above 0 and below 100";
const orNone = `${percentAccepted}; or none`;
const latencyAccepted = "milliseconds above 0";

const rollback = object({
    serverErrorPercent: optional(
        z.union([percentage(orNone), z.literal("none")], { error: orNone }),
        "More than this percent of a variant's requests answered with 5xx. Default 1.",
    ),
    clientErrorPercent: optional(
        percentage(percentAccepted),
        "More than this percent of a variant's requests answered with 4xx. Default: not watched.",
    ),
    modelLatencyMs: optional(
        z.number({ error: latencyAccepted }).gt(0, latencyAccepted),
        "The p99 of a variant's ModelLatency above this many milliseconds. Default: not watched.",
    ),
    alarms: optional(
        list(
            matching(
                new RegExp(`^\\S.{0,${LIMITS.alarmNameLength - 1}}$`),
                "the name of an alarm, up to 255 characters",
            ),
            LIMITS.rollbackAlarms,
            "names of metric alarms",
        ),
        "Metric alarms made elsewhere that roll back too.",
    ),
});

const common = {
    timeoutSeconds: optional(
        whole(LIMITS.deploymentTimeoutSeconds, "seconds"),
        "After which SageMaker gives up and rolls back. Default: the waits and an hour.",
    ),
    rollback: optional(rollback, "What rolls a deployment back. Default: more than 1 % of requests answered with 5xx."),
};

const blueGreen = {
    terminationWaitSeconds: optional(
        whole(LIMITS.terminationWaitSeconds, "seconds"),
        "How long the old fleet is kept, and alarms are watched, once the new one has all traffic. Default 300.",
    ),
    ...common,
};

const waitSeconds = optional(
    whole(LIMITS.deploymentWaitSeconds, "seconds"),
    "How long alarms are watched after a step. Default 300.",
);

const TYPES = ["all-at-once", "canary", "linear", "rolling"];

/** How the endpoint moves to a new configuration. */
export const deployment = z.discriminatedUnion(
    "type",
    [
        object({ type: z.literal("all-at-once").describe("All traffic in one step."), ...blueGreen }),
        object({
            type: z.literal("canary").describe("A small part of the traffic first, then the rest."),
            size: part(LIMITS.canaryPercent, "Of the new fleet that gets traffic first."),
            waitSeconds,
            ...blueGreen,
        }),
        object({
            type: z.literal("linear").describe("In steps of one size."),
            size: part(LIMITS.linearPercent, "Of the new fleet that each step adds."),
            waitSeconds,
            ...blueGreen,
        }),
        object({
            type: z.literal("rolling").describe("In batches, without a second fleet."),
            size: part(LIMITS.rollingPercent, "Of the fleet that each batch replaces."),
            rollbackSize: optional(
                part(LIMITS.rollbackPercent, "Of the fleet."),
                "Of the fleet that each batch of a rollback brings back. Default: all of it at once.",
            ),
            waitSeconds,
            ...common,
        }),
    ],
    { error: TYPES.join(", ") },
);
