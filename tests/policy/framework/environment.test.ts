import { expect } from "chai";
import { environmentIn, environmentOfStack } from "../../../policy/framework/environment.ts";

describe("the environment of a review", () => {
    it("is what was asked for, if anything was", () => {
        expect(environmentIn("POLICY_ENVIRONMENT", "staging")).to.equal("staging");
        expect(environmentIn("POLICY_ENVIRONMENT", "")).to.equal(undefined);
        expect(environmentIn("POLICY_ENVIRONMENT", undefined)).to.equal(undefined);
    });

    it("is refused, with its source, where it is none", () => {
        expect(() => environmentIn("POLICY_ENVIRONMENT", "test")).to.throw(
            'POLICY_ENVIRONMENT is "test"; accepted: dev, staging, prod',
        );
    });

    it("is what the stack is called, else dev", () => {
        const names = ["prod", "production", "staging", "pipeline"];
        expect(names.map(environmentOfStack)).to.deep.equal(["prod", "prod", "staging", "dev"]);
    });
});
