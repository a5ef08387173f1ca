import { expect } from "chai";
import { parseSettings } from "../../config/schema.ts";
import type { PlanError } from "../../plans/plan-error.ts";

const KEY = "serial-inference:endpoint.deployment";

/** What is said of a stack with this deployment, below its key. */
function problems(deployment: unknown): string[] {
    const config = {
        "serial-inference:pattern": "inference-container",
        "serial-inference:steps": JSON.stringify([{ name: "digits", image: { mirror: "image" } }]),
        "serial-inference:endpoint": JSON.stringify({ instanceCount: 4, deployment }),
    };
    try {
        parseSettings(config, "Pulumi.test.yaml");
        return [];
    } catch (error) {
        return (error as PlanError).problems.map((problem) => problem.replace(KEY, ""));
    }
}

describe("endpoint.deployment", () => {
    const accepted = [
        { type: "all-at-once" },
        { type: "canary", size: { percent: 50 }, waitSeconds: 0, terminationWaitSeconds: 3600 },
        { type: "linear", size: { instances: 1 }, rollback: { serverErrorPercent: "none", alarms: ["a b"] } },
        { type: "rolling", size: { percent: 5 }, rollbackSize: { percent: 100 }, timeoutSeconds: 14_400 },
    ];
    for (const deployment of accepted) {
        it(`accepts ${JSON.stringify(deployment)}`, () => {
            expect(problems(deployment)).to.deep.equal([]);
        });
    }

    const refusals: [string, unknown, string[]][] = [
        ["no type", { size: { percent: 5 } }, [".type: missing; accepted: all-at-once, canary, linear, rolling"]],
        [
            "a mistyped type",
            { type: "canari" },
            ['.type: found "canari", did you mean "canary"?; accepted: all-at-once, canary, linear, rolling'],
        ],
        [
            "sizes outside the limits of their type",
            { type: "linear", size: { percent: 60 }, waitSeconds: 3601, timeoutSeconds: 599 },
            [
                ".size.percent: found 60; accepted: a whole number of percent from 10 to 50",
                ".waitSeconds: found 3601; accepted: a whole number of seconds from 0 to 3600",
                ".timeoutSeconds: found 599; accepted: a whole number of seconds from 600 to 14400",
            ],
        ],
        [
            "a size of two kinds",
            { type: "canary", size: { percent: 5, instances: 1 } },
            [
                '.size: found a mapping with "percent", "instances"; accepted: a mapping with exactly one of percent, instances',
            ],
        ],
        [
            "a canary without a size, and what rolling alone knows",
            { type: "canary", rollbackSize: { percent: 5 } },
            [
                ".size: missing; accepted: a mapping with exactly one of percent, instances",
                '.rollbackSize: unknown key, did you mean "rollback"?; accepted: type, size, waitSeconds, terminationWaitSeconds, timeoutSeconds, rollback',
            ],
        ],
        [
            "thresholds that are none, and more than 10 alarms",
            {
                type: "all-at-once",
                rollback: {
                    serverErrorPercent: 0,
                    clientErrorPercent: 100,
                    modelLatencyMs: 0,
                    alarms: Array.from({ length: 11 }, (_, index) => `alarm-${index}`),
                },
            },
            [
                ".rollback.serverErrorPercent: found 0; accepted: a percentage above 0 and below 100; or none",
                ".rollback.clientErrorPercent: found 100; accepted: a percentage above 0 and below 100",
                ".rollback.modelLatencyMs: found 0; accepted: milliseconds above 0",
                ".rollback.alarms: found a list of 11; accepted: a list of 1 to 10 names of metric alarms",
            ],
        ],
    ];
    for (const [what, deployment, expected] of refusals) {
        it(`refuses ${what}`, () => {
            expect(problems(deployment)).to.deep.equal(expected);
        });
    }
});
