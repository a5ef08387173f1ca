import { Fields } from "../../policy/framework/fields.ts";
import { judge } from "../../policy/framework/judge.ts";
import type { ResourceRule, Rule } from "../../policy/framework/rule.ts";
import { settingsOf } from "../../policy/framework/settings.ts";

/** A day on which the tests' exemptions are held. */
export const TODAY = "2027-03-31";

/** A resource that a stack rule is given. */
export interface Given {
    readonly type: string;
    readonly name: string;
    readonly properties: Readonly<Record<string, unknown>>;
    readonly region?: string;
    readonly isProtected?: boolean;
    readonly dependencies?: Readonly<Record<string, readonly string[]>>;
}

export const urnOf = ({ type, name }: Pick<Given, "type" | "name">): string =>
    `urn:pulumi:test::project::${type}::${name}`;

/** What a rule says of a stack of these resources: the messages, and what waits for `up`, with the resource's name before it. */
export function judgedStack(rule: Rule, given: readonly Given[], settings: Readonly<Record<string, unknown>> = {}) {
    const resources = given.map(({ properties, ...one }) => ({
        ...one,
        urn: urnOf(one),
        properties: new Fields(properties),
    }));
    const { violations, waiting, used } = judge(rule, resources, settingsOf(rule, settings), TODAY);
    return {
        messages: violations.map(({ message }) => message),
        blamed: violations.map(({ resource }) => resource?.name),
        waiting: waiting.map(({ resource, path }) => `${resource?.name ?? "the stack"}: ${path}`),
        used: used.length,
    };
}

/** What a resource rule says of one resource with these properties. */
export function judged(
    rule: Rule,
    properties: Readonly<Record<string, unknown>>,
    settings: Readonly<Record<string, unknown>> = {},
    { name = "it", type = (rule as unknown as ResourceRule).types[0], region = "eu-west-1" } = {},
) {
    return judgedStack(rule, [{ type, name, properties, region }], settings);
}

/** The sentence of a violation, as a person reads it: what is wrong, and the rule's remediation. */
export const saying = (rule: Rule, problem: string): string => `${problem}. ${rule.remediation}`;
