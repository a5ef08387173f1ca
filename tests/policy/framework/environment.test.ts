import { expect } from "chai";
import { environmentOf } from "../../../policy/framework/environment.ts";

describe("the environment of a stack", () => {
    it("is what was asked for first, and else what the stack's name says", () => {
        expect(
            environmentOf(
                [
                    ["a", undefined],
                    ["b", "staging"],
                    ["c", "prod"],
                ],
                "prod",
            ),
        ).to.equal("staging");
        expect(environmentOf([["a", ""]], "prod")).to.equal("prod");
        expect(environmentOf([], "production")).to.equal("prod");
        expect(environmentOf([], "staging")).to.equal("staging");
        expect(environmentOf([], "pipeline")).to.equal("dev");
    });

    it("is refused, with its source, where it is none", () => {
        expect(() => environmentOf([["POLICY_ENVIRONMENT", "test"]], "dev")).to.throw(
            'POLICY_ENVIRONMENT is "test"; accepted: dev, staging, prod',
        );
    });
});
