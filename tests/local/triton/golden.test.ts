import { expectGolden, stacksOf } from "../../support/golden.ts";

// here, since the sample's models are put together by the Python that Triton runs in
describe("the resources of", function () {
    this.timeout(300_000); // trains sample models that are missing

    for (const stack of stacksOf((pattern) => pattern === "triton-ensemble")) {
        it(`stack ${stack} are those of tests/golden/${stack}.json`, () => {
            expectGolden(stack);
        });
    }
});
