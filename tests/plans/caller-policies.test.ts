import { expect } from "chai";
import { callerProblems, callerStatements } from "../../plans/iam/caller-policies.ts";
import type { Step } from "../../plans/step.ts";

const ARN = "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/app-test";
const step: Step = { name: "predict", image: { build: { folder: "containers/predict" } } };
const many: Step = { ...step, multiModel: {}, artifact: { models: "models" } };

describe("policies of callers", () => {
    it("allow one endpoint and one action", () => {
        expect(callerStatements({ name: "all" }, ARN)).to.deep.equal([
            { Sid: "InvokeEndpoint", Effect: "Allow", Action: "sagemaker:InvokeEndpoint", Resource: ARN },
        ]);
    });

    it("hold a caller to some models, and so deny a request that names none", () => {
        expect(callerStatements({ name: "lisbon", targetModels: ["europe/*"] }, ARN)[0]?.Condition).to.deep.equal({
            StringLike: { "sagemaker:TargetModel": ["europe/*"] },
        });
    });

    it("have nothing against callers of an endpoint, and of some of its models", () => {
        expect(callerProblems([{ name: "a" }, { name: "b" }], [step])).to.deep.equal([]);
        expect(callerProblems([{ name: "a", targetModels: ["europe/*", "?.tar.gz"] }], [step, many])).to.deep.equal([]);
    });

    it("say all that is wrong", () => {
        const callers = [
            { name: "a", targetModels: ["/europe/*", "../*", "", "é*", "a".repeat(1025)] },
            { name: "a" },
            { name: "b", targetModels: [] },
        ];
        expect(callerProblems(callers, [many])).to.deep.equal([
            'caller "a" is there twice; names of callers are unique in an endpoint',
            'caller "a": no TargetModel could match "/europe/*": it begins with /; keys are relative to the model prefix',
            'caller "a": no TargetModel could match "../*": it holds the segment ".."; keys lead down only',
            'caller "a": no TargetModel could match "": it is empty',
            'caller "a": no TargetModel could match "é*": it holds characters that are not printable ASCII, or begins with a space',
            `caller "a": no TargetModel could match "${"a".repeat(80)}": it has 1025 characters; at most 1024`,
            'caller "b": targetModels is empty, so they could invoke nothing; leave it out for all models',
        ]);
        expect(callerProblems([{ name: "a", targetModels: ["x"] }], [step])).to.deep.equal([
            'caller "a": targetModels are for a multi-model step, of which there is none',
        ]);
    });
});
