import { matchesAny } from "../../policy/framework/glob.ts";
import type { Failure, Scanned } from "./checkov.ts";
import type { Suppression } from "./suppression.ts";

/** A failure, in its stack. */
export interface Finding extends Failure {
    readonly stack: string;
}

export interface Judged {
    /** Failures that nothing lets be. */
    readonly findings: readonly Finding[];
    readonly suppressed: readonly (Finding & { readonly reason: string })[];
    /** What is wrong with the suppressions. */
    readonly problems: readonly string[];
}

const covers = ({ check, resource, stacks }: Suppression, finding: Finding): boolean =>
    check === finding.check &&
    matchesAny([resource], finding.resource) &&
    (stacks === undefined || stacks.includes(finding.stack));

/** What is wrong with a suppression, as far as the scanned stacks tell. */
function suppressionProblems(
    suppression: Suppression,
    findings: readonly Finding[],
    scanned: ReadonlySet<string>,
    allStacks: ReadonlySet<string>,
): string[] {
    const { check, resource, stacks, reason } = suppression;
    const what = `the suppression of ${check} for ${resource}`;
    const matched = new Set(findings.filter((finding) => covers(suppression, finding)).map(({ stack }) => stack));
    const problems = reason.trim() === "" ? [`${what} has no reason; say why it is right as it is`] : [];
    for (const stack of stacks ?? []) {
        if (!allStacks.has(stack)) problems.push(`${what} names a stack "${stack}", which there is not`);
        else if (scanned.has(stack) && !matched.has(stack))
            problems.push(`${what} suppresses nothing in stack "${stack}"; take the stack out of it`);
    }
    if (stacks === undefined && scanned.size === allStacks.size && matched.size === 0)
        problems.push(`${what} suppresses nothing; take it out`);
    return problems;
}

/**
 * Holds suppressions against what was found.
 * @param scans by stack
 * @param allStacks also those that were not scanned, of which nothing is known
 */
export function judge(
    scans: ReadonlyMap<string, Pick<Scanned, "failed">>,
    suppressions: readonly Suppression[],
    allStacks: readonly string[],
): Judged {
    const all = [...scans].flatMap(([stack, { failed }]) => failed.map((failure): Finding => ({ stack, ...failure })));
    const judged = all.map((finding) => ({ finding, by: suppressions.find((one) => covers(one, finding)) }));
    const scanned = new Set(scans.keys());
    return {
        findings: judged.flatMap(({ finding, by }) => (by === undefined ? [finding] : [])),
        suppressed: judged.flatMap(({ finding, by }) => (by === undefined ? [] : [{ ...finding, reason: by.reason }])),
        problems: suppressions.flatMap((one) => suppressionProblems(one, all, scanned, new Set(allStacks))),
    };
}
