/** How strict a review is, from a stack of one's own to the one that customers use. */
export const ENVIRONMENTS = ["dev", "staging", "prod"] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** Names of stacks that say by themselves what they are. */
const BY_STACK: Readonly<Record<string, Environment>> = { prod: "prod", production: "prod", staging: "staging" };

/** The environment that a stack's name stands for; dev where it says nothing. */
export const environmentOfStack = (stack: string): Environment => BY_STACK[stack] ?? "dev";

/**
 * The environment that was asked for.
 * @param source what asked, such as `POLICY_ENVIRONMENT`
 * @returns undefined where nothing was
 * @throws where it is none
 */
export function environmentIn(source: string, value: string | undefined): Environment | undefined {
    if (value === undefined || value === "") return undefined;
    const environment = ENVIRONMENTS.find((one) => one === value);
    if (environment === undefined) throw new Error(`${source} is "${value}"; accepted: ${ENVIRONMENTS.join(", ")}`);
    return environment;
}

export const ENVIRONMENT_VARIABLE = "POLICY_ENVIRONMENT";
