import { resourceRule } from "../../framework/rule.ts";
import { MODEL } from "./types.ts";

const ROLE = /^arn:[a-z-]+:iam::\d{12}:role\/.+/;

export const modelExecutionRole = resourceRule({
    id: "model-execution-role",
    title: "A model names the role that its containers work by.",
    why: "Without a role SageMaker can fetch neither image nor data, and what it may do cannot be limited.",
    controls: [{ standard: "ours", id: "CreateModel" }],
    remediation: "Set executionRoleArn to a role for this model alone.",
    level: "mandatory",
    types: [MODEL],
    check: ({ properties: model }) => {
        const role = model.text("executionRoleArn");
        if (role !== undefined && ROLE.test(role)) return [];
        const found = role === undefined ? "is not set" : `is "${role}"`;
        return [model.problem("executionRoleArn", `${found}; accepted: the ARN of an IAM role`)];
    },
});
