import { expect } from "chai";
import fc from "fast-check";
import { tritonProblems } from "../../../plans/triton/problems.ts";
import { GRAPH_MUTATIONS, STRICTER_MUTATIONS } from "../../support/triton/mutations.ts";
import { Random, randomEnsemble } from "../../support/triton/random-ensemble.ts";

const seeds = fc.nat(2 ** 31 - 1);

describe("tritonProblems, of random ensembles", () => {
    it("has nothing against a valid one", () => {
        fc.assert(
            fc.property(seeds, (seed) => {
                expect(tritonProblems(randomEnsemble(seed))).to.deep.equal([]);
            }),
            { numRuns: 500 },
        );
    });

    for (const { name, problem, apply } of [...GRAPH_MUTATIONS, ...STRICTER_MUTATIONS]) {
        it(`refuses one with ${name}`, () => {
            let spoiled = 0;
            fc.assert(
                fc.property(seeds, (seed) => {
                    const mutated = apply(randomEnsemble(seed), new Random(seed));
                    if (mutated === undefined) return;
                    spoiled += 1;
                    expect(tritonProblems(mutated).join("\n")).to.contain(problem);
                }),
                { numRuns: 200 },
            );
            expect(spoiled).to.be.greaterThan(10);
        });
    }
});
