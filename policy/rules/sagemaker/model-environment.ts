import { ENVIRONMENT_KEY_PATTERN, LIMITS } from "../../../plans/limits.ts";
import { each } from "../../framework/each.ts";
import type { Fields } from "../../framework/fields.ts";
import { resourceRule } from "../../framework/rule.ts";
import { containersOf } from "./containers.ts";
import { MODEL } from "./types.ts";

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** Names and values of a container's environment. */
const variablesOf = (container: Fields): [string, string][] => {
    const environment = container.block("environment");
    return (environment?.keys() ?? []).map((key) => [key, environment?.text(key) ?? ""]);
};

function variableProblem([key, value]: readonly [string, string]): string | undefined {
    if (!ENVIRONMENT_KEY_PATTERN.test(key)) return "is no name; accepted: letters, digits and _, and no digit first";
    const longest = Math.max(bytes(key), bytes(value));
    if (longest <= LIMITS.environmentBytes) return undefined;
    return `has ${longest} bytes in its name or its value; accepted: up to ${LIMITS.environmentBytes}`;
}

export const modelEnvironment = resourceRule({
    id: "model-environment",
    title: "The environment of a model's containers is within what SageMaker takes.",
    why: "CreateModel refuses more, after the images have been built.",
    controls: [{ standard: "ours", id: "CreateModel" }],
    remediation: "Put what is long into the model archive, and leave references to it in the environment.",
    level: "mandatory",
    types: [MODEL],
    check: ({ properties: model }) => [
        ...each(containersOf(model), (container) => {
            const variables = variablesOf(container);
            const { environmentEntries: most } = LIMITS;
            if (variables.length > most) {
                return [container.problem("environment", `has ${variables.length} entries; accepted: up to ${most}`)];
            }
            return variables.flatMap((variable) => {
                const problem = variableProblem(variable);
                return problem === undefined ? [] : [container.problem(`environment.${variable[0]}`, problem)];
            });
        }),
        ...each([model], () => {
            const all = containersOf(model).flatMap(variablesOf).flat();
            const total = all.reduce((sum, text) => sum + bytes(text), 0);
            const { environmentTotalBytes: most } = LIMITS;
            if (total <= most) return [];
            return [{ message: `the containers' environments have ${total} bytes together; accepted: up to ${most}` }];
        }),
    ],
});
