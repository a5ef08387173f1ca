import { type Budget, budgetProblems } from "./budget.ts";
import { LIMITS, NAME_PATTERN } from "./limits.ts";
import { type Place, placeProblems } from "./place.ts";
import { type Tags, tagProblems } from "./tags.ts";

/** What tells the environments of one program apart, beside what they host. */
export interface EnvironmentSettings extends Place {
    /** Tags of every resource that takes tags. @default - none */
    readonly tags?: Tags;
    /** Refuses to delete what cannot be made again, or what callers depend on. @default false */
    readonly protect?: boolean;
    /** What the stack is to cost, and who hears when it costs more. @default - none */
    readonly budget?: Budget;
}

/**
 * The longest name of a project: buckets add up to 18 characters to it, as in `NAME-transform-1a2b3c4`, and have 63 at most; the rest is
 * room for names to come.
 */
const PROJECT_LENGTH = 40;
const PROJECT_PATTERN = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Every physical name that is fixed has it in front, so that no two stacks of a project share one. */
export const stackName = (project: string, stack: string): string => `${project}-${stack}`;

/** What is wrong with names that nobody wrote, since they are made of the project's and the stack's. */
function nameProblems(project: string, stack: string, endpointName: string | undefined): string[] {
    const problems: string[] = [];
    if (project.length > PROJECT_LENGTH || !PROJECT_PATTERN.test(project)) {
        problems.push(
            `the project's name, "${project}", begins those of buckets and roles: up to ${PROJECT_LENGTH} lowercase letters, digits and ` +
                `inner hyphens; it has ${project.length} characters`,
        );
    }
    const made = stackName(project, stack);
    if (endpointName === undefined && !NAME_PATTERN.test(made)) {
        const { nameLength } = LIMITS;
        const found =
            made.length > nameLength
                ? `has ${made.length} characters; at most ${nameLength}`
                : "has other characters than letters, digits and inner hyphens";
        problems.push(
            `endpoint.name: left out, and the name made of the project's and the stack's, "${made}", ${found}; give a name, or take a ` +
                "shorter name for the stack",
        );
    }
    return problems;
}

/**
 * Every rule that an environment breaks by what it says alone.
 * @param endpointName the one that the stack gives its endpoint; undefined where it gives none
 */
export const environmentProblems = (
    settings: EnvironmentSettings,
    project: string,
    stack: string,
    endpointName: string | undefined,
): string[] => [
    ...nameProblems(project, stack, endpointName),
    ...placeProblems(settings),
    ...tagProblems(settings.tags ?? {}),
    ...(settings.budget === undefined ? [] : budgetProblems(settings.budget)),
];
