import { expect } from "chai";
import fc from "fast-check";
import { type EndpointSettings, hostings, planVariants } from "../../plans/endpoint.ts";
import { planScheduledAction, planTracking, type Scaling, scaledResource, widestBounds } from "../../plans/scaling.ts";
import { scalingProblems } from "../../plans/scaling-problems.ts";

const scaling: Scaling = { min: 2, max: 8, target: { invocationsPerInstance: 700 } };
const problems = (endpoint: EndpointSettings) => scalingProblems(endpoint);

describe("planTracking", () => {
    it("holds requests a minute, with cooldowns", () => {
        const plan = planTracking({ ...scaling, scaleOutCooldownSeconds: 30, scaleInCooldownSeconds: 0 }, "e");
        expect(plan).to.deep.equal({
            policyType: "TargetTrackingScaling",
            targetTrackingScalingPolicyConfiguration: {
                targetValue: 700,
                predefinedMetricSpecification: { predefinedMetricType: "SageMakerVariantInvocationsPerInstance" },
                scaleOutCooldown: 30,
                scaleInCooldown: 0,
            },
        });
    });

    it("holds requests in flight, and leaves cooldowns to AWS", () => {
        const plan = planTracking({ ...scaling, target: { concurrentRequests: 2.5 } }, "e");
        expect(plan?.targetTrackingScalingPolicyConfiguration).to.deep.equal({
            targetValue: 2.5,
            predefinedMetricSpecification: {
                predefinedMetricType: "SageMakerVariantConcurrentRequestsPerModelHighResolution",
            },
        });
    });
});

describe("planScheduledAction", () => {
    for (const [action, schedule] of [
        [{ cron: "0 7 ? * MON-FRI *", timeZone: "Europe/Lisbon" }, "cron(0 7 ? * MON-FRI *)"],
        [{ at: "2026-11-27T06:00:00" }, "at(2026-11-27T06:00:00)"],
        [{ rate: "1 day" }, "rate(1 day)"],
    ] as const) {
        it(`comes by ${schedule}`, () => {
            const { timezone, ...plan } = {
                timezone: undefined,
                ...planScheduledAction({ name: "a", ...action, min: 3 }),
            };
            expect(plan).to.deep.equal({ schedule, scalableTargetAction: { minCapacity: 3 } });
            expect(timezone).to.equal("timeZone" in action ? action.timeZone : undefined);
        });
    }
});

describe("scaled variants", () => {
    it("are named as Application Auto Scaling names them", () => {
        expect(scaledResource("digits-prod", "main")).to.equal("endpoint/digits-prod/variant/main");
    });

    it("start with the least, or with what is said", () => {
        const variants = [{ name: "a" }, { name: "b", instanceCount: 5 }, { name: "c", scaling: "none" as const }];
        const planned = planVariants({ scaling, variants }, "model");
        const counts = planned.map((variant) => "initialInstanceCount" in variant && variant.initialInstanceCount);
        expect(counts).to.deep.equal([2, 5, 1]);
    });

    it("have bounds as wide as their schedule makes them", () => {
        const schedule = [
            { name: "night", cron: "0 22 * * ? *", min: 1, max: 4 },
            { name: "sale", at: "2026-11-27T06:00:00", max: 20 },
        ];
        expect(widestBounds({ ...scaling, schedule })).to.deep.equal({ min: 1, max: 20 });
    });
});

describe("scalingProblems", () => {
    it("has nothing against good bounds around any number of instances between them", () => {
        const good = fc.tuple(fc.integer({ min: 1, max: 500 }), fc.nat(400), fc.nat(400)).map(([min, more, width]) => ({
            instanceCount: min + Math.min(more, width),
            scaling: { ...scaling, min, max: min + width },
        }));
        fc.assert(fc.property(good, (endpoint) => scalingProblems(endpoint).length === 0));
    });

    it("says something of every number of instances that is not between the bounds", () => {
        const bad = fc
            .tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 }))
            .filter(([min, max, instanceCount]) => min > max || instanceCount < min || instanceCount > max);
        fc.assert(
            fc.property(
                bad,
                ([min, max, instanceCount]) =>
                    scalingProblems({ instanceCount, scaling: { ...scaling, min, max } }).length === 1,
            ),
        );
    });

    it("names every problem at once, where it is", () => {
        const variants = [
            { name: "a", scaling: { min: 6, max: 3, scaleInCooldownSeconds: 5 } },
            { name: "b", instanceType: "ml.t2.medium" },
            { name: "c", instanceType: "ml.t3.medium", scaling: "none" as const },
        ];
        const found = problems({ scaling: { ...scaling, min: 0 }, instanceCount: 9, variants });
        expect(found).to.deep.equal([
            "endpoint.scaling: min 0 is for asynchronous endpoints, where requests wait for an instance; at least 1",
            "endpoint.variants[0].scaling.min: 6 is over max 3",
            "endpoint.variants[0].scaling: has neither target nor schedule, so that nothing would scale; give one of them",
            "endpoint.variants[0].scaling.scaleInCooldownSeconds: belongs to a target, of which there is none",
            'endpoint.scaling: variant "b" has instanceType ml.t2.medium, which is burstable: by its CPU credits it takes more load ' +
                "without more instances, so SageMaker does not scale it; take another type, such as ml.m5.large, or scaling: none",
            'endpoint.scaling: variant "b" starts with instanceCount 9, outside of min 0 to max 8',
        ]);
    });

    it("holds a scheduled action to bounds of its own and to those that stay", () => {
        const cron = "0 7 ? * MON-FRI *";
        const schedule = [
            { name: "a", cron },
            { name: "a", cron, min: 9 },
            { name: "b", cron, max: 1 },
            { name: "c", cron, min: 5, max: 4 },
            { name: "d", cron, min: 10, max: 20 },
        ];
        expect(problems({ scaling: { ...scaling, schedule } })).to.deep.equal([
            'endpoint.scaling.schedule: name "a" is there twice; names are unique in a variant',
            "endpoint.scaling.schedule[0]: has neither min nor max, so that nothing would change; give one of them or both",
            "endpoint.scaling.schedule[1].min: 9 is over max 8 of scaling",
            "endpoint.scaling.schedule[2].min: 2 of scaling is over max 1",
            "endpoint.scaling.schedule[3].min: 5 is over max 4",
        ]);
    });

    it("has nothing against endpoints that are not scaled, burstable or not", () => {
        for (const endpoint of [{}, { instanceType: "ml.t2.medium" }, { scaling: "none" as const }]) {
            expect(hostings(endpoint)[0]?.instanceCount).to.equal(1);
            expect(problems(endpoint)).to.deep.equal([]);
        }
    });
});
