import { expect } from "chai";
import fc from "fast-check";
import { type Deployment, planDeployment, waitsSeconds } from "../../plans/deployment.ts";
import { endpointProblems, hostings, type Variant } from "../../plans/endpoint.ts";
import { LIMITS } from "../../plans/limits.ts";

const problems = (deployment: Deployment, variants: readonly Variant[] = [{ name: "main", instanceCount: 4 }]) =>
    endpointProblems({ name: "e", variants, deployment });

const ALARMS = { autoRollbackConfiguration: { alarms: [{ alarmName: "a" }] } };
const plan = (deployment: Deployment) => planDeployment(deployment, hostings({ instanceCount: 4 }), ["a"]);

describe("planDeployment", () => {
    it("moves all traffic at once and keeps the old fleet while alarms are watched", () => {
        expect(plan({ type: "all-at-once", terminationWaitSeconds: 600 })).to.deep.equal({
            ...ALARMS,
            blueGreenUpdatePolicy: {
                trafficRoutingConfiguration: { type: "ALL_AT_ONCE", waitIntervalInSeconds: 0 },
                terminationWaitInSeconds: 600,
                maximumExecutionTimeoutInSeconds: 4200,
            },
        });
    });

    it("sends a canary ahead", () => {
        expect(plan({ type: "canary", size: { instances: 1 }, waitSeconds: 120, timeoutSeconds: 1800 })).to.deep.equal({
            ...ALARMS,
            blueGreenUpdatePolicy: {
                trafficRoutingConfiguration: {
                    type: "CANARY",
                    canarySize: { type: "INSTANCE_COUNT", value: 1 },
                    waitIntervalInSeconds: 120,
                },
                terminationWaitInSeconds: 300,
                maximumExecutionTimeoutInSeconds: 1800,
            },
        });
    });

    it("moves traffic in steps of one size", () => {
        expect(plan({ type: "linear", size: { percent: 25 } })).to.deep.equal({
            ...ALARMS,
            blueGreenUpdatePolicy: {
                trafficRoutingConfiguration: {
                    type: "LINEAR",
                    linearStepSize: { type: "CAPACITY_PERCENT", value: 25 },
                    waitIntervalInSeconds: 300,
                },
                terminationWaitInSeconds: 300,
                maximumExecutionTimeoutInSeconds: 3 * 300 + 300 + 3600,
            },
        });
    });

    it("replaces batches, and knows no wait before a termination there", () => {
        const deployment = { type: "rolling", size: { percent: 50 }, rollbackSize: { percent: 100 } } as const;
        expect(plan(deployment)).to.deep.equal({
            ...ALARMS,
            rollingUpdatePolicy: {
                maximumBatchSize: { type: "CAPACITY_PERCENT", value: 50 },
                rollbackMaximumBatchSize: { type: "CAPACITY_PERCENT", value: 100 },
                waitIntervalInSeconds: 300,
                maximumExecutionTimeoutInSeconds: 2 * 300 + 3600,
            },
        });
    });

    it("never gives a time-out that is out of SageMaker's range, or shorter than the waits, to a deployment without problems", () => {
        const seconds = fc.option(fc.integer({ min: 0, max: 3600 }), { nil: undefined });
        const size = fc.oneof(
            fc.record({ percent: fc.integer({ min: 1, max: 100 }) }),
            fc.record({ instances: fc.integer({ min: 1, max: 12 }) }),
        );
        const counts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 3 });
        const type = fc.constantFrom("canary", "linear", "rolling");
        fc.assert(
            fc.property(type, size, seconds, seconds, counts, (kind, part, wait, termination, instanceCounts) => {
                const deployment = {
                    type: kind,
                    size: part,
                    ...(wait !== undefined && { waitSeconds: wait }),
                    ...(kind !== "rolling" && termination !== undefined && { terminationWaitSeconds: termination }),
                } as Deployment;
                const variants = instanceCounts.map((instanceCount, index) => ({ name: `v${index}`, instanceCount }));
                fc.pre(problems(deployment, variants).length === 0);
                const full = hostings({ variants });
                const planned = planDeployment(deployment, full, ["a"]);
                const policy =
                    "rollingUpdatePolicy" in planned ? planned.rollingUpdatePolicy : planned.blueGreenUpdatePolicy;
                const timeout = policy.maximumExecutionTimeoutInSeconds;
                expect(timeout).to.be.within(LIMITS.deploymentTimeoutSeconds.min, LIMITS.deploymentTimeoutSeconds.max);
                expect(timeout).to.be.greaterThan(waitsSeconds(deployment, full));
            }),
        );
    });
});

describe("a deployment", () => {
    const good: Deployment[] = [
        { type: "all-at-once" },
        { type: "canary", size: { percent: 50 } },
        { type: "linear", size: { instances: 2 } },
        { type: "rolling", size: { instances: 1 }, rollbackSize: { instances: 4 } },
        { type: "linear", size: { percent: 10 }, waitSeconds: 60 }, // its alarms trip in the third step
    ];
    for (const deployment of good) {
        it(`is accepted: ${JSON.stringify(deployment)}`, () => {
            expect(problems(deployment)).to.deep.equal([]);
        });
    }

    it("is accepted with one instance where all traffic moves at once", () => {
        expect(problems({ type: "all-at-once" }, [{ name: "main" }])).to.deep.equal([]);
    });

    const refusals: [string, Deployment, string[], Variant[]?][] = [
        [
            "waits that reach the time-out",
            {
                type: "canary",
                size: { percent: 25 },
                waitSeconds: 600,
                terminationWaitSeconds: 600,
                timeoutSeconds: 1200,
            },
            [
                "deployment: its waits take 1200 s together, and timeoutSeconds is 1200; it must be longer, by what new instances need to start",
            ],
        ],
        [
            "linear steps that together outlast the provider",
            { type: "linear", size: { percent: 10 }, waitSeconds: 600 },
            [
                "deployment: its waits take 5700 s together, and the provider gives up on an update after 3600 s; shorten them, or take larger steps",
            ],
        ],
        [
            "batches by instances, counted on the largest variant, that outlast both",
            { type: "rolling", size: { instances: 1 }, waitSeconds: 1000, timeoutSeconds: 3900 },
            [
                "deployment: its waits take 4000 s together, and the provider gives up on an update after 3600 s; shorten them, or take larger steps",
                "deployment: its waits take 4000 s together, and timeoutSeconds is 3900; it must be longer, by what new instances need to start",
            ],
        ],
        [
            "waits in which no alarm can trip",
            { type: "all-at-once", terminationWaitSeconds: 0 },
            [
                "deployment: its waits take 0 s together, and its alarms need 120 s to trip, so nothing would be rolled back; raise terminationWaitSeconds",
            ],
        ],
        [
            "a canary of more than half the instances of one of the variants",
            { type: "canary", size: { instances: 2 } },
            [
                'deployment: size is 2 of the 3 instances of variant "small"; accepted: 1 to 50 % of them, which is 1 to 1',
            ],
            [
                { name: "large", instanceCount: 4 },
                { name: "small", instanceCount: 3 },
            ],
        ],
        [
            "linear steps below a tenth",
            { type: "linear", size: { instances: 1 } },
            [
                'deployment: size is 1 of the 20 instances of variant "main"; accepted: 10 to 50 % of them, which is 2 to 10',
            ],
            [{ name: "main", instanceCount: 20 }],
        ],
        [
            "percentages outside the limits of their type",
            { type: "rolling", size: { percent: 60 }, rollbackSize: { percent: 4 } },
            [
                "deployment: size is 60 percent; accepted: 5 to 50",
                "deployment: rollbackSize is 4 percent; accepted: 5 to 100",
            ],
        ],
        [
            "steps on one instance",
            { type: "canary", size: { percent: 50 } },
            [
                'deployment: canary moves traffic in parts of at most half a fleet, and variant "main" has 1 instance; give it 2 or more, or take type all-at-once',
            ],
            [{ name: "main" }],
        ],
        [
            "rolling with two variants, and Inf1 instances, for which SageMaker does without guardrails",
            { type: "rolling", size: { percent: 50 } },
            [
                'deployment: variant "a" is on ml.inf1.xlarge, for which SageMaker moves all traffic at once without watching alarms; take another instance type, or leave deployment out',
                "deployment: rolling is for endpoints with one variant, and this one has 2; take linear",
            ],
            [
                { name: "a", instanceCount: 2, instanceType: "ml.inf1.xlarge" },
                { name: "b", instanceCount: 2 },
            ],
        ],
        [
            "more than 10 alarms, made and named",
            {
                type: "all-at-once",
                rollback: { clientErrorPercent: 5, modelLatencyMs: 200, alarms: ["a", "b", "c", "d", "d"] },
            },
            [
                'deployment.rollback: alarm "d" is named twice',
                "deployment.rollback: 11 alarms, 6 made for 2 variants and 5 named; SageMaker takes up to 10",
            ],
            [{ name: "a" }, { name: "b" }],
        ],
        [
            "no alarm at all",
            { type: "all-at-once", rollback: { serverErrorPercent: "none" } },
            [
                "deployment.rollback: nothing is watched, so nothing would be rolled back; leave serverErrorPercent out, or name alarms",
            ],
        ],
    ];
    for (const [what, deployment, expected, variants] of refusals) {
        it(`is refused for ${what}`, () => {
            expect(problems(deployment, variants)).to.deep.equal(expected);
        });
    }

    it("may have waits as short as it likes where alarms made elsewhere alone are watched", () => {
        const rollback = { serverErrorPercent: "none", alarms: ["fast"] } as const;
        expect(problems({ type: "all-at-once", terminationWaitSeconds: 10, rollback })).to.deep.equal([]);
    });
});
