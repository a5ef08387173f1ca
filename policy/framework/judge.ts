import { attempt } from "./each.ts";
import { type Exemption, isExpired, isFor } from "./exemption.ts";
import type { Resource } from "./resource.ts";
import type { Result } from "./result.ts";
import type { ResourceRule, Rule, StackRule } from "./rule.ts";
import type { Settings } from "./settings.ts";
import { StackGraph } from "./stack-graph.ts";

/** What is told about a resource, or about the stack. */
export interface Violated {
    /** The resource. @default - the stack */
    readonly resource?: Resource;
    readonly path?: string;
    /** A whole sentence, and the remediation. */
    readonly message: string;
}

/** What is left to `up`, because a preview does not know a property. */
export interface Waiting {
    /** The resource. @default - the stack */
    readonly resource?: Resource;
    readonly path: string;
}

export interface Judgement {
    readonly violations: readonly Violated[];
    readonly waiting: readonly Waiting[];
    /** Exemptions that let something pass, or may have, where it is not known yet. */
    readonly used: readonly Exemption[];
}

export const STACK_TYPE = "pulumi:pulumi:Stack";

/**
 * What a rule says of the resources: of each, or of all together.
 * @param today such as 2027-03-31
 */
export function judge(rule: Rule, resources: readonly Resource[], settings: Settings, today: string): Judgement {
    const violations: Violated[] = [];
    const waiting: Waiting[] = [];
    const used = new Set<Exemption>();
    const stack = resources.find(({ type }) => type === STACK_TYPE);
    const context = { options: settings.options };

    const take = (results: readonly Result[], of: Resource | undefined) => {
        for (const result of results) {
            const resource = result.resource ?? of;
            const valid = settings.exemptions.filter(
                (one) => resource && isFor(one, resource) && !isExpired(one, today),
            );
            for (const one of valid) used.add(one);
            if (valid.length > 0) continue;
            const where = resource && { resource };
            if ("notKnown" in result) waiting.push({ ...where, path: result.notKnown });
            else
                violations.push({
                    ...where,
                    ...pathOf(result.path),
                    message: sentence(result.message, rule.remediation),
                });
        }
    };

    const looked = lookedAt(rule, resources);
    if (rule.kind === "stack") {
        const { check } = rule as StackRule;
        take(
            attempt(() => check(new StackGraph(resources), context)),
            stack,
        );
    } else {
        const { check } = rule as ResourceRule;
        for (const resource of looked)
            take(
                attempt(() => check(resource, context)),
                resource,
            );
    }
    for (const one of settings.exemptions.filter((exemption) => isExpired(exemption, today))) {
        for (const resource of looked.filter((candidate) => isFor(one, candidate))) {
            violations.push({ resource, message: expired(one) });
        }
    }
    return { violations, waiting, used: [...used] };
}

/** The resources that a rule's exemptions can be for. */
const lookedAt = (rule: Rule, resources: readonly Resource[]): readonly Resource[] =>
    rule.kind === "stack" ? resources : resources.filter(({ type }) => (rule as ResourceRule).types.includes(type));

const pathOf = (path: string | undefined) => (path === undefined ? {} : { path });

const sentence = (message: string, remediation: string): string => `${message}. ${remediation}`;

const expired = ({ resource, reason, expires }: Exemption): string =>
    `the exemption of "${resource}" (${reason}) expired on ${expires}; accepted: a later date. Put the resource right, or decide anew until when.`;
