/** How strict a review is, from a stack of one's own to the one that customers use. */
export const ENVIRONMENTS = ["dev", "staging", "prod"] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** Names of stacks that say by themselves what they are. */
const BY_STACK: Readonly<Record<string, Environment>> = { prod: "prod", production: "prod", staging: "staging" };

/**
 * The environment that a stack is in.
 * @param given what was asked for, and where, such as `POLICY_ENVIRONMENT`; the first that is there counts
 * @returns what the stack's name says where nothing was asked for, else dev
 */
export function environmentOf(given: readonly (readonly [source: string, value: string | undefined])[], stack: string) {
    for (const [source, value] of given) {
        if (value === undefined || value === "") continue;
        const environment = ENVIRONMENTS.find((one) => one === value);
        if (environment === undefined) throw new Error(`${source} is "${value}"; accepted: ${ENVIRONMENTS.join(", ")}`);
        return environment;
    }
    return BY_STACK[stack] ?? "dev";
}
