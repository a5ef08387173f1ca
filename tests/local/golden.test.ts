import { expectGolden, stacksOf } from "../support/golden.ts";

describe("the resources of", function () {
    this.timeout(300_000); // trains sample models that are missing

    for (const stack of stacksOf((pattern) => pattern !== "triton-ensemble")) {
        it(`stack ${stack} are those of tests/golden/${stack}.json`, () => {
            expectGolden(stack);
        });
    }
});
