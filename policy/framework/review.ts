import type { Environment } from "./environment.ts";
import { judge, type Violated } from "./judge.ts";
import { Ledger } from "./ledger.ts";
import type { Level } from "./level.ts";
import type { Resource } from "./resource.ts";
import type { Rule } from "./rule.ts";
import { configured, type PackConfig, type Settings } from "./settings.ts";
import { type WaitingSentence, waitingSentences } from "./waiting-sentences.ts";

/** A rule that is looked for, and how. */
export interface ChosenRule {
    readonly rule: Rule;
    readonly level: Level;
    readonly settings: Settings;
}

export interface ReviewArgs {
    readonly chosen: readonly ChosenRule[];
    /** The resources by their inputs, and by their outputs. */
    readonly inputs: readonly Resource[];
    readonly outputs: readonly Resource[];
    /** Such as 2027-03-31. */
    readonly today: string;
}

export interface Finding extends Violated {
    readonly rule: Rule;
    readonly level: Level;
}

export interface Review {
    /** The mandatory ones first. */
    readonly findings: readonly Finding[];
    /** How often a rule could not look at a resource, and what it was. */
    readonly checkedOnUp: number;
    readonly waiting: readonly WaitingSentence[];
    readonly unusedExemptions: readonly string[];
    /** Rules that were looked for. */
    readonly rules: number;
}

/**
 * The rules that are looked for in an environment.
 * @param config a file of --policy-pack-config
 * @throws where it is none that the rules take
 */
export function chooseRules(rules: readonly Rule[], environment: Environment, config: PackConfig): ChosenRule[] {
    const unknown = Object.keys(config).filter((key) => key !== "all" && !rules.some(({ id }) => id === key));
    if (unknown.length > 0) {
        throw new Error(`the policies' configuration has no rule ${unknown.map((id) => `"${id}"`).join(", ")}`);
    }
    return rules
        .map((rule) => ({ rule, ...configured(rule, config, environment) }))
        .filter(({ level }) => level !== "disabled");
}

/** What the rules say of resources that are not deployed by this. */
export function review({ chosen, inputs, outputs, today }: ReviewArgs): Review {
    const ledger = new Ledger();
    const findings: Finding[] = [];
    for (const { rule, level, settings } of chosen) {
        const judgement = judge(rule, rule.kind === "stack" ? outputs : inputs, settings, today);
        ledger.take(rule, settings, judgement);
        findings.push(...judgement.violations.map((violation) => ({ ...violation, rule, level })));
    }
    return {
        findings: findings.toSorted((a, b) => Number(b.level === "mandatory") - Number(a.level === "mandatory")),
        checkedOnUp: ledger.waiting.length,
        waiting: waitingSentences(ledger.waiting),
        unusedExemptions: ledger.unused(today),
        rules: chosen.length,
    };
}
