import { z } from "zod";
import { ALARM_KINDS } from "../plans/alarms/kinds.ts";
import { RETENTION_DAYS } from "../plans/log-groups.ts";
import type { Range } from "../plans/limits.ts";
import { choice, list, matching, object, oneOf, optional, text, whole } from "./fields.ts";
import { key } from "./key.ts";

/** A part of the stack that is off unless it is asked for: with its defaults, or with settings of its own. */
function switched<Shape extends z.ZodRawShape>(shape: Shape) {
    return z.union([z.boolean(), object(shape)], { error: `${Object.keys(shape).join(", ")}; or true, false` });
}

/** A level within a range, or `none`. */
function level({ min, max }: Range, unit: string, description: string) {
    const accepted = `a whole number of ${unit} from ${min} to ${max}; or none`;
    return optional(z.union([whole({ min, max }, unit), z.literal("none")], { error: accepted }), description);
}

const subscriber = matching(
    /^([^@\s:]+@[^@\s]+\.[^@\s]+|https:\/\/\S+)$/,
    "an e-mail address, or an address that begins with https://",
);

const audience = oneOf(
    [
        object({
            topic: matching(
                /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+$/,
                "the ARN of an SNS topic that is not FIFO",
            ).describe("A topic that is there; its policy must let cloudwatch.amazonaws.com publish."),
        }),
        object({
            subscribers: list(subscriber, { min: 1, max: 20 }, "addresses").describe(
                "E-mail and https addresses; each must confirm.",
            ),
        }),
    ],
    ["topic", "subscribers"],
);

const PERCENT = { min: 1, max: 100 };
const MILLISECONDS = { min: 1, max: 3_600_000 };

/** Keys by which a stack watches its endpoint. */
export const observability = {
    dashboard: optional(
        switched({
            notes: optional(text("Markdown"), "Markdown on top, such as links to a runbook."),
        }),
        "A CloudWatch dashboard made for what the endpoint hosts. Default false.",
    ),
    alarms: optional(
        switched({
            notify: optional(audience, "Who hears of alarms. Default: a topic to subscribe to."),
            page: optional(audience, "Who is woken. Default: as notify."),
            pageOn: optional(
                list(choice(ALARM_KINDS), { min: 1, max: ALARM_KINDS.length }, "alarms"),
                "Alarms of which one is enough. Default server-errors, latency, no-traffic, backlog-age.",
            ),
            minRequests: optional(
                whole({ min: 1, max: 1_000_000 }, "requests"),
                "Of five minutes; below, shares and latencies say nothing. Default 10.",
            ),
            serverErrorPercent: level(PERCENT, "percent", "Requests that fail by the endpoint's fault. Default 1."),
            latencyMilliseconds: level(MILLISECONDS, "milliseconds", "p99 of ModelLatency. Default 2000."),
            overheadMilliseconds: level(MILLISECONDS, "milliseconds", "p99 of OverheadLatency. Default 500."),
            cpuPercent: level(PERCENT, "percent", "Of all cores. Default 90."),
            memoryPercent: level(PERCENT, "percent", "Of the fullest instance. Default 90."),
            diskPercent: level(PERCENT, "percent", "Of the fullest instance. Default 75."),
            gpuPercent: level(PERCENT, "percent", "Of all GPUs. Default 95."),
            gpuMemoryPercent: level(PERCENT, "percent", "Of the fullest instance's GPUs. Default 95."),
            noTrafficMinutes: level({ min: 1, max: 1440 }, "minutes", "Without a request. Default 60."),
            cacheHitPercent: level(PERCENT, "percent", "Requests whose model is in memory, at least. Default 70."),
            backlogRequests: level({ min: 1, max: 1_000_000 }, "requests", "In the queue. Default 100."),
            backlogAgeSeconds: level({ min: 1, max: 86_400 }, "seconds", "Of the oldest in the queue. Default 900."),
        }),
        "Alarms that fit what the endpoint hosts. Default false.",
    ),
    logs: optional(
        z.union(
            [
                object({
                    retentionDays: optional(
                        z.literal(RETENTION_DAYS, {
                            error: `days that CloudWatch knows: ${RETENTION_DAYS.join(", ")}`,
                        }),
                        "Days until an event is deleted, of failed batch transforms too. Default 30, and 90 for those.",
                    ),
                }),
                z.literal("none"),
            ],
            { error: "retentionDays; or none" },
        ),
        "The endpoint's log group; none leaves it to SageMaker, which keeps events for ever. Default: 30 days.",
    ),
    accessLogBucket: optional(
        matching(
            /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
            "the name of a bucket of the account and region: 3 to 63 lowercase letters, digits, dots and hyphens",
        ),
        "A bucket that is there, in which S3 records who reads and writes the stack's own. Default: nowhere.",
    ),
    key: optional(key, "KMS key that encrypts what the stack keeps and tells. Default: AWS's own keys."),
};
