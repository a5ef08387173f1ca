import { expect } from "chai";
import fc from "fast-check";
import type { Ensemble } from "../../plans/triton/ensemble.ts";
import { modelConfig } from "../../plans/triton/model-config.ts";
import { tritonProblems } from "../../plans/triton/problems.ts";
import { repositoryFiles } from "../../plans/triton/repository.ts";
import { changedBlindly, GRAPH_MUTATIONS, type Mutation, STRICTER_MUTATIONS } from "../support/triton/mutations.ts";
import { PALETTE } from "../support/triton/palette.ts";
import { Random, randomEnsemble } from "../support/triton/random-ensemble.ts";
import { MODEL, RealTriton } from "./real-triton.ts";

const seeds = fc.nat(2 ** 31 - 1);

/** Problems of what Triton loads all the same, as the last tests here show. */
const STRICTER =
    /is described twice|made twice, by input|puts is empty|no step runs it|: output .* of the ensemble has .* and input .* of the ensemble/;

/*
 * The models of the palette are written once and stay in service, so that a case costs what its ensemble costs: a few milliseconds. They
 * all run on the processor: without a GPU Triton refuses every group for one, and tests/triton/config.test.ts checks those by NVIDIA's
 * description of the configuration alone.
 */
describe("ensembles in a real Triton", function () {
    this.timeout(60_000);
    const triton = new RealTriton();
    let cases = 0;
    before(async () => {
        // Backends complete configurations in a process of their own, a second each; these are complete.
        await triton.start(["--disable-auto-complete-config"]);
        for (const model of PALETTE) {
            triton.write({ [`${model.name}/config.pbtxt`]: modelConfig(model), [`${model.name}/1/model.py`]: MODEL });
        }
    });
    after(() => triton.stop());

    /** Why Triton refuses the ensemble, which gets a name of its own unless its name is what is tried. */
    async function refusal(ensemble: Ensemble): Promise<string | undefined> {
        cases += 1;
        const name = ensemble.name === "ensemble" ? `ensemble-${cases}` : ensemble.name;
        const files = Object.entries(repositoryFiles({ ...ensemble, name }));
        triton.write(Object.fromEntries(files.filter(([path]) => path.startsWith(`${name}/`))));
        const reason = await triton.load(name);
        if (reason === undefined) await triton.unload(name);
        triton.remove(name);
        return reason;
    }

    it("load where the plan has nothing against them", async () => {
        await fc.assert(
            fc.asyncProperty(seeds, async (seed) => {
                const ensemble = randomEnsemble(seed);
                expect(tritonProblems(ensemble)).to.deep.equal([]);
                expect(await refusal(ensemble)).to.equal(undefined);
            }),
            { numRuns: 100 },
        );
    });

    it("answer through their steps, with an input that is an output as well", async () => {
        const tensor = (name: string) => ({ name, dataType: "TYPE_FP32", dims: [-1] }) as const;
        const ensemble: Ensemble = {
            name: "chain",
            maxBatchSize: 0,
            inputs: [tensor("x")],
            outputs: [tensor("y"), tensor("x")],
            steps: [
                { modelName: "any", inputMap: { IN0: "m" }, outputMap: { OUT0: "y" } },
                { modelName: "any", inputMap: { IN0: "x" }, outputMap: { OUT0: "m" } },
            ],
            models: PALETTE.slice(0, 1),
        };
        expect(tritonProblems(ensemble)).to.deep.equal([]);
        triton.write(repositoryFiles(ensemble));
        expect(await triton.load("chain")).to.equal(undefined);
        const found = { datatype: "FP32", shape: [3], data: [1, 2, 3] };
        const { outputs } = (await triton.infer("chain", { inputs: [{ name: "x", ...found }] })) as {
            outputs: unknown;
        };
        expect(outputs).to.have.deep.members([
            { name: "x", ...found },
            { name: "y", ...found },
        ]);
    });

    it("load just where the plan has nothing against them, however they were changed", async () => {
        const verdicts = { taken: 0, refused: 0 };
        await fc.assert(
            fc.asyncProperty(seeds, async (seed) => {
                const ensemble = changedBlindly(randomEnsemble(seed), new Random(seed));
                const problems = tritonProblems(ensemble);
                if (problems.length > 0 && problems.every((problem) => STRICTER.test(problem))) return;
                const reason = await refusal(ensemble);
                verdicts[reason === undefined ? "taken" : "refused"] += 1;
                const verdict = `the plan says [${problems.join("; ")}], and Triton ${reason ?? "nothing"}, of ${JSON.stringify(ensemble)}`;
                expect(problems.length === 0, verdict).to.equal(reason === undefined);
            }),
            { numRuns: 150 },
        );
        expect(verdicts.taken).to.be.greaterThan(10);
        expect(verdicts.refused).to.be.greaterThan(10);
    });

    /** Spoils random ensembles, and compares what the plan says with what Triton does. */
    async function spoil({ apply }: Mutation, numRuns: number, compare: (problems: string[], reason?: string) => void) {
        await fc.assert(
            fc.asyncProperty(seeds, async (seed) => {
                const mutated = apply(randomEnsemble(seed), new Random(seed));
                if (mutated !== undefined) compare(tritonProblems(mutated), await refusal(mutated));
            }),
            { numRuns },
        );
    }

    for (const mutation of GRAPH_MUTATIONS) {
        it(`are refused by the plan and by Triton: ${mutation.name}`, () =>
            spoil(mutation, 10, (problems, reason) => {
                expect(problems).not.to.deep.equal([]);
                expect(reason).to.be.a("string");
            }));
    }

    for (const mutation of STRICTER_MUTATIONS) {
        it(`are refused by the plan, and taken by Triton: ${mutation.name}`, () =>
            spoil(mutation, 10, (problems, reason) => {
                expect(problems).not.to.deep.equal([]);
                expect(reason).to.equal(undefined);
            }));
    }
});
