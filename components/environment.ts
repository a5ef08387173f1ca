import * as pulumi from "@pulumi/pulumi";
import { type EnvironmentSettings, environmentProblems, stackName } from "../plans/environment.ts";
import { refuse } from "../plans/plan-error.ts";
import type { Settings } from "../plans/settings.ts";
import { STACK_TAG, type Tags } from "../plans/tags.ts";
import { govern } from "./govern.ts";
import { guardProblems } from "./guard.ts";
import { Protection } from "./protection.ts";
import { StackBudget } from "./stack-budget.ts";

const ownName = (): string => stackName(pulumi.getProject(), pulumi.getStack());

/** The stack's own tag with them, by which its cost and all that belongs to it is found. */
const tagsOf = ({ tags, budget }: EnvironmentSettings): Tags | undefined =>
    tags === undefined && budget === undefined ? undefined : { ...tags, [STACK_TAG]: ownName() };

/**
 * What comes before anything of a stack is registered: it is refused where it must not be deployed or breaks a rule, and all of its
 * resources are tagged and protected from then on.
 * @throws {PlanError} with every problem
 */
export async function enterEnvironment(settings: Settings): Promise<void> {
    const { endpoint, protect } = settings;
    const name = endpoint === "none" ? "none" : endpoint?.name;
    refuse(`Pulumi.${pulumi.getStack()}.yaml`, [
        ...environmentProblems(settings, pulumi.getProject(), pulumi.getStack(), name),
        ...(await guardProblems(settings, settings.steps)),
    ]);
    const tags = tagsOf(settings);
    if (tags === undefined && protect !== true) return;
    pulumi.runtime.registerStackTransformation(govern({ tags, protect }));
}

/**
 * What is about the stack as a whole, once its pattern is registered.
 * @param pattern component that the stack consists of
 */
export function completeEnvironment(
    { budget, protect }: EnvironmentSettings,
    pattern: pulumi.Resource & { readonly hosted: object },
): void {
    const name = pulumi.getProject();
    const cost = budget && new StackBudget(name, { budget, stack: ownName() });
    if (protect === undefined) return; // where it is false the entry in the state stays, to be unprotected
    new Protection(name, { of: [pattern, ...(cost ? [cost] : [])], outputs: pattern.hosted, isOn: protect });
}
