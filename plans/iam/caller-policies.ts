import type { Input } from "@pulumi/pulumi";
import { repeated } from "../repeated.ts";
import { multiModelSteps, type Step } from "../step.ts";
import { targetModelProblem } from "../target-model.ts";
import type { Statement } from "./statement.ts";

/** Somebody who is to invoke an endpoint: a policy is made for them, and attached to nobody. */
export interface Caller {
    /** Unique in the endpoint; the policy is found under it. */
    readonly name: string;
    /** The models they may name as TargetModel: keys, in which `*` stands for any text and `?` for a letter. @default - all */
    readonly targetModels?: readonly string[];
}

/** Every rule that the callers of a model of these steps break. */
export function callerProblems(callers: readonly Caller[], steps: readonly Step[]): string[] {
    const twice = repeated(callers.map(({ name }) => name));
    return [
        ...twice.map((name) => `caller "${name}" is there twice; names of callers are unique in an endpoint`),
        ...callers.flatMap(({ name, targetModels }) => {
            if (targetModels === undefined) return [];
            if (multiModelSteps(steps).length === 0)
                return [`caller "${name}": targetModels are for a multi-model step, of which there is none`];
            if (targetModels.length === 0)
                return [
                    `caller "${name}": targetModels is empty, so they could invoke nothing; leave it out for all models`,
                ];
            return targetModels.flatMap((pattern) => {
                const problem = targetModelProblem(pattern);
                return problem === undefined
                    ? []
                    : [`caller "${name}": no TargetModel could match "${pattern.slice(0, 80)}": ${problem}`];
            });
        }),
    ];
}

/**
 * Lets a caller invoke one endpoint and nothing else. Where models are named, a request that names no model, or another one, is denied.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/multi-model-endpoint-security.html
 */
export const callerStatements = (
    { targetModels }: Caller,
    endpointArn: Input<string>,
    isAsync = false,
): Statement[] => [
    {
        Sid: "InvokeEndpoint",
        Effect: "Allow",
        Action: isAsync ? "sagemaker:InvokeEndpointAsync" : "sagemaker:InvokeEndpoint",
        Resource: endpointArn,
        ...(targetModels && { Condition: { StringLike: { "sagemaker:TargetModel": targetModels } } }),
    },
];
