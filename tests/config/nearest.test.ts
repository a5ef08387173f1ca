import { expect } from "chai";
import fc from "fast-check";
import { nearest } from "../../config/nearest.ts";

const known = ["steps", "endpoint", "pattern"];

describe("nearest", () => {
    for (const [typed, meant] of [
        ["stps", "steps"],
        ["Steps", "steps"],
        ["endpint", "endpoint"],
        ["patern", "pattern"],
        ["volume", undefined],
        ["", undefined],
    ] as const) {
        it(`takes "${typed}" for ${meant ?? "nothing known"}`, () => {
            expect(nearest(typed, known)).to.equal(meant);
        });
    }

    it("finds every known name itself, and knows nothing where nothing is known", () => {
        fc.assert(
            fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), (names) => {
                for (const name of names) expect(nearest(name, names)?.toLowerCase()).to.equal(name.toLowerCase());
            }),
        );
        expect(nearest("steps", [])).to.equal(undefined);
    });
});
