import { expect } from "chai";
import { executionRoleStatements, executionRoleTrust } from "../../plans/iam/execution-role.ts";

const logGroups = ["arn:logs", "arn:logs:*"];
const actionsOn = (resource: string, access: Parameters<typeof executionRoleStatements>[0]) =>
    executionRoleStatements(access)
        .filter((statement) => statement.Resource === resource)
        .map(({ Action, Condition }) => ({ Action, conditioned: Condition !== undefined }));

describe("executionRoleStatements", () => {
    it("gives logs and metrics alone to a model that reads nothing", () => {
        const statements = executionRoleStatements({ repositories: [], objects: [], prefixes: [], logGroups });
        expect(statements.map(({ Sid }) => Sid)).to.deep.equal(["Logs", "Metrics"]);
    });

    it("reads just the images, objects and prefixes it is given", () => {
        const access = {
            repositories: ["arn:repository"],
            objects: ["arn:object"],
            prefixes: [{ bucket: "arn:bucket", keys: "models/x/*" }],
            logGroups,
        };
        const statements = executionRoleStatements(access);
        expect(statements.find(({ Sid }) => Sid === "Images")?.Resource).to.deep.equal(["arn:repository"]);
        expect(statements.find(({ Sid }) => Sid === "ModelData")).to.deep.include({
            Action: "s3:GetObject",
            Resource: ["arn:object"],
        });
        expect(statements.find(({ Sid }) => Sid === "ModelDataPrefix0")).to.deep.include({
            Action: "s3:ListBucket",
            Resource: "arn:bucket",
            Condition: { StringLike: { "s3:prefix": "models/x/*" } },
        });
    });

    it("uses the resource * only where AWS knows no other: the registry's login, and metrics of its own namespaces", () => {
        const access = { repositories: ["arn:repository"], objects: [], prefixes: [], logGroups };
        expect(actionsOn("*", access)).to.deep.equal([
            { Action: "cloudwatch:PutMetricData", conditioned: true },
            { Action: "ecr:GetAuthorizationToken", conditioned: false },
        ]);
    });

    it("never has a * in an action", () => {
        const statements = executionRoleStatements({ repositories: ["r"], objects: ["o"], prefixes: [], logGroups });
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
