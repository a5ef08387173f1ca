import { expect } from "chai";
import { modelProblems, nameProblems } from "../../../plans/triton/model-problems.ts";
import { MODEL_CASES, PLAIN } from "../../support/triton/model-cases.ts";

describe("modelProblems", () => {
    for (const { what, model, problem } of MODEL_CASES) {
        it(problem === undefined ? `accepts ${what}` : `refuses ${what}`, () => {
            const problems = modelProblems(model);
            if (problem === undefined) expect(problems).to.deep.equal([]);
            else {
                expect(problems).to.have.length(1);
                expect(problems[0])
                    .to.contain(problem)
                    .and.to.match(/^model "/);
            }
        });
    }

    it("says all problems at once", () => {
        const problems = modelProblems({
            ...PLAIN,
            name: "a/b",
            maxBatchSize: 0.5,
            outputs: [],
            compute: { kind: "cpu", count: -1 },
        });
        expect(problems.map((problem) => problem.slice(0, 40))).to.deep.equal([
            'model "a/b": Triton refuses the name "a/',
            'model "a/b": maxBatchSize 0.5; accepted:',
            'model "a/b": compute.count -1; accepted:',
        ]);
    });
});

describe("nameProblems", () => {
    for (const name of ["a", "1", "a.b", "a_b-c~d", "-a", "a".repeat(255)]) {
        it(`accepts ${name.slice(0, 20)}`, () => {
            expect(nameProblems(name)).to.deep.equal([]);
        });
    }
    for (const name of ["", ".", "..", "a b", "a/b", "a\\b", "a:b", "é", "a\n", "a".repeat(256)]) {
        it(`refuses ${JSON.stringify(name.slice(0, 20))}`, () => {
            expect(nameProblems(name)).to.have.length(1);
        });
    }
});
