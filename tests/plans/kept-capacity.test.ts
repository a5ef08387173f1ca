import { expect } from "chai";
import fc from "fast-check";
import { fingerprinted, keptInstances, type LiveEndpoint } from "../../plans/kept-capacity.ts";

const variant = { name: "main", instanceCount: 2, scaling: { min: 2, max: 10, target: { concurrentRequests: 4 } } };
const live = (fingerprint: string | undefined, wanted: number, initial = 3): LiveEndpoint => ({
    fingerprint,
    variants: new Map([["main", { wanted, initial }]]),
});

describe("keptInstances", () => {
    it("is what the stack says where there is no endpoint, or no such variant in it", () => {
        expect(keptInstances(variant, "new", undefined)).to.equal(2);
        expect(keptInstances({ ...variant, name: "next" }, "new", live("old", 7))).to.equal(2);
    });

    it("is what the configuration says as long as it says nothing else, however many run", () => {
        fc.assert(fc.property(fc.nat(50), (wanted) => keptInstances(variant, "same", live("same", wanted)) === 3));
    });

    it("is what runs now for a configuration that says something new, or was made without a fingerprint", () => {
        expect(keptInstances(variant, "new", live("old", 7))).to.equal(7);
        expect(keptInstances(variant, "new", live(undefined, 7))).to.equal(7);
    });

    it("is never outside of what scaling would set, and never 0", () => {
        const bounds = fc.tuple(fc.nat(20), fc.nat(20)).map(([min, width]) => ({ min, max: Math.max(1, min + width) }));
        fc.assert(
            fc.property(bounds, fc.nat(60), ({ min, max }, wanted) => {
                const kept = keptInstances(
                    { ...variant, scaling: { ...variant.scaling, min, max } },
                    "new",
                    live("old", wanted),
                );
                return kept >= Math.max(1, min) && kept <= max;
            }),
        );
    });

    it("keeps what a scheduled action let grow", () => {
        const schedule = [{ name: "sale", at: "2026-11-27T06:00:00", max: 40 }];
        const scaled = { ...variant, scaling: { ...variant.scaling, schedule } };
        expect(keptInstances(scaled, "new", live("old", 31))).to.equal(31);
    });
});

describe("fingerprinted", () => {
    const configuration = (main: number, fixed: number, modelName = "model-1") => ({
        productionVariants: [
            { variantName: "main", modelName, initialInstanceCount: main },
            { variantName: "fixed", modelName, initialInstanceCount: fixed },
        ],
    });
    const of = (content: object) => fingerprinted(content, new Set(["main"]));

    it("changes with all but the number of scaled instances", () => {
        const same = of(configuration(1, 1));
        expect(of(configuration(9, 1))).to.equal(same);
        expect(of(configuration(1, 2))).not.to.equal(same);
        expect(of(configuration(1, 1, "model-2"))).not.to.equal(same);
    });

    it("does not change with the order in which things are said", () => {
        expect(of({ b: { d: 1, c: [2, 3] }, a: 1 })).to.equal(of({ a: 1, b: { c: [2, 3], d: 1 } }));
        expect(of({ c: [2, 3] })).not.to.equal(of({ c: [3, 2] }));
    });
});
