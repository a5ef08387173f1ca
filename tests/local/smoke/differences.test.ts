import { expect } from "chai";
import fc from "fast-check";
import { answerDifferences } from "../../../local/smoke/differences.ts";

describe("what of an answer is not as expected", () => {
    const cases: [string, string, string[]][] = [
        ['{"a": 1}', '{"a": 1, "b": 2}', []],
        ['{"p": 0.5}', '{"p": 0.5004}', []],
        ['{"p": 0.5}', '{"p": 0.51}', ["p: expected 0.5, got 0.51"]],
        ["[1, 2]", "[2, 1]", ["[0]: expected 1, got 2", "[1]: expected 2, got 1"]],
        ['{"a": {"b": [1]}}', '{"a": {"b": ["1"]}}', ['a.b[0]: expected 1, got "1"']],
        ['[{"name": "A", "data": [1]}, {"name": "B"}]', '[{"name": "B", "data": [2]}, {"name": "A", "data": [1]}]', []],
        [
            '{"outputs": [{"name": "A", "data": [1]}, {"name": "B"}]}',
            '{"outputs": [{"name": "C"}, {"name": "A", "data": [2]}]}',
            ['outputs["A"].data[0]: expected 1, got 2', 'outputs["B"]: expected {"name":"B"}, got nothing'],
        ],
        ['[{"name": "A"}]', '[{"name": "A"}, {"name": "B"}]', ["the answer: expected 1 items, got 2"]],
        [
            '[{"name": "A", "n": 1}, {"name": "A", "n": 2}]',
            '[{"name": "A", "n": 2}, {"name": "A", "n": 1}]',
            ["[0].n: expected 1, got 2", "[1].n: expected 2, got 1"],
        ],
        ['[{"name": "A", "n": 1}]', '[{"n": 1}]', ['[0].name: expected "A", got nothing']],
        ['{"a": null}', "{}", ["a: expected null, got nothing"]],
        ["{}", "[]", ["the answer: expected {}, got []"]],
        ["7\n", "7", []],
        ["0,7\n", "0,7", []],
        ["male", "female", ['the answer: expected "male", got "female"']],
    ];
    for (const [expected, actual, found] of cases) {
        it(`${JSON.stringify(expected)} of ${JSON.stringify(actual)}: ${found.join("; ") || "nothing"}`, () => {
            expect(answerDifferences(expected, actual)).to.deep.equal(found);
        });
    }

    it("is nothing where it is the same, whatever it is", () => {
        fc.assert(
            fc.property(fc.jsonValue(), (value) => {
                const text = JSON.stringify(value);
                expect(answerDifferences(text, text)).to.deep.equal([]);
            }),
        );
    });
});
