import { expect } from "chai";
import { executionRoleTrust, type ModelReads, readStatements, runStatements } from "../../plans/iam/execution-role.ts";

const logGroups = ["arn:logs", "arn:logs:*"];
const nothing: ModelReads = { repositories: [], objects: [], prefixes: [] };
const all: ModelReads = {
    repositories: ["arn:repository"],
    objects: ["arn:object"],
    prefixes: [{ bucket: "arn:bucket", keys: "models/x/*" }],
};

describe("readStatements", () => {
    it("give nothing to a model that reads nothing", () => {
        expect(readStatements(nothing)).to.deep.equal([]);
    });

    it("read just the images, objects and prefixes they are given", () => {
        const bySid = Object.fromEntries(readStatements(all).map((statement) => [statement.Sid, statement]));
        expect(bySid["Images"]?.Resource).to.deep.equal(["arn:repository"]);
        expect(bySid["ModelData"]).to.deep.include({ Action: "s3:GetObject", Resource: ["arn:object"] });
        expect(bySid["ModelDataPrefix0"]).to.deep.include({
            Action: "s3:ListBucket",
            Resource: "arn:bucket",
            Condition: { StringLike: { "s3:prefix": "models/x/*" } },
        });
    });
});

describe("runStatements", () => {
    it("give logs and metrics alone where there are neither alarms nor a batch transform", () => {
        expect(runStatements({ logGroups }).map(({ Sid }) => Sid)).to.deep.equal(["Logs", "Metrics"]);
    });

    it("write the results and look at the alarms they are given", () => {
        const [, , ...more] = runStatements({ logGroups, results: ["arn:results/*"], alarms: ["arn:alarm"] });
        expect(more.map(({ Sid, Resource }) => [Sid, Resource])).to.deep.equal([
            ["TransformResults", ["arn:results/*"]],
            ["RollbackAlarms", ["arn:alarm"]],
        ]);
    });
});

describe("the execution role's statements", () => {
    const statements = [...runStatements({ logGroups, results: ["r"], alarms: ["a"] }), ...readStatements(all)];

    it("use the resource * only where AWS knows no other: metrics of its own namespaces, and the registry's login", () => {
        const wide = statements.filter(({ Resource }) => Resource === "*");
        expect(wide.map(({ Action, Condition }) => [Action, Condition !== undefined])).to.deep.equal([
            ["cloudwatch:PutMetricData", true],
            ["ecr:GetAuthorizationToken", false],
        ]);
    });

    it("never have a * in an action", () => {
        for (const { Action } of statements) expect(JSON.stringify(Action)).not.to.contain("*");
    });
});

describe("executionRoleTrust", () => {
    it("trusts SageMaker for this account alone", () => {
        expect(executionRoleTrust("123456789012")).to.deep.equal([
            {
                Sid: "SageMaker",
                Effect: "Allow",
                Principal: { Service: "sagemaker.amazonaws.com" },
                Action: "sts:AssumeRole",
                Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
            },
        ]);
    });
});
