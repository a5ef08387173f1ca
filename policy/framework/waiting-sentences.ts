import type { Entry } from "./ledger.ts";

/** What waits for `up` in one resource, or in the stack where there is no URN. */
export interface WaitingSentence {
    readonly urn: string | undefined;
    readonly message: string;
}

/** What waits for `up`, one sentence a resource. */
export function waitingSentences(waiting: readonly Entry[]): WaitingSentence[] {
    return [...Map.groupBy(waiting, ({ resource }) => resource?.urn)].map(([urn, entries]) => {
        const rules = [...new Set(entries.map(({ rule }) => rule))];
        const paths = [...new Set(entries.map(({ path }) => path))];
        const are = paths.length === 1 ? "is" : "are";
        return { urn, message: `${paths.join(", ")} ${are} not known yet; checked on up: ${rules.join(", ")}.` };
    });
}
