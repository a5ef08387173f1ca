import { attempt, eachResource } from "../../framework/each.ts";
import type { Resource } from "../../framework/resource.ts";
import type { Result } from "../../framework/result.ts";
import { stackRule } from "../../framework/rule.ts";
import { MODEL } from "../sagemaker/types.ts";
import { isWritten } from "./document-problems.ts";
import { allowing, trustPlaces } from "./documents.ts";
import { principalsOf } from "./principals.ts";
import { ROLE } from "./types.ts";

const SAGEMAKER = "sagemaker.amazonaws.com";

export const iamSagemakerRoleTrust = stackRule({
    id: "iam-sagemaker-role-trust",
    title: "SageMaker, and nobody else, takes the execution role of a model.",
    why: "Whoever may take the role beside SageMaker reads models and captured data as the model does; and without SageMaker CreateModel fails.",
    controls: [{ standard: "ours", id: "least privilege for the execution role" }],
    remediation: `Let the role's assumeRolePolicy name the service ${SAGEMAKER} alone, and give others roles of their own.`,
    level: "mandatory",
    check: (stack) => {
        const seen = new Set<Resource>();
        return eachResource(stack.ofType(MODEL), (model) => {
            const role = stack.referred(model, model.properties, "executionRoleArn", ROLE, "arn");
            if (role === undefined || seen.has(role)) return [];
            seen.add(role);
            return attempt(() => problems(role)).map((result) => ({ ...result, resource: role }));
        });
    },
});

function problems(role: Resource): Result[] {
    if (!trustPlaces(role).every(isWritten)) return []; // which iam-policy-document says
    const trusted = trustPlaces(role).flatMap(allowing).flatMap(principalsOf);
    const others = trusted.filter(({ value }) => value !== SAGEMAKER && value !== "*").map(({ value }) => value);
    if (others.length === 0 && trusted.length > 0) return [];
    const whom = others.length === 0 ? "nobody" : others.join(", ");
    return [
        role.properties.problem("assumeRolePolicy", `lets ${whom} take the role of a model; accepted: ${SAGEMAKER}`),
    ];
}
