import type { Exemption } from "./exemption.ts";
import type { Judgement, Waiting } from "./judge.ts";
import type { Rule } from "./rule.ts";
import type { Settings } from "./settings.ts";

/** A check that waits for `up`. */
export interface Entry extends Waiting {
    readonly rule: string;
}

/** What the rules leave to be told at the end of a run: checks that wait, and exemptions that let nothing pass. */
export class Ledger {
    readonly waiting: Entry[] = [];
    /** By the rule's id: exemptions as text, and whether one was used. */
    private readonly exemptions = new Map<string, Map<string, { exemption: Exemption; used: boolean }>>();

    take({ id }: Rule, { exemptions }: Settings, { waiting, used }: Pick<Judgement, "waiting" | "used">): void {
        this.waiting.push(...waiting.map((one) => ({ rule: id, ...one })));
        const known = this.exemptions.get(id) ?? new Map<string, { exemption: Exemption; used: boolean }>();
        this.exemptions.set(id, known);
        for (const exemption of exemptions) {
            const key = JSON.stringify(exemption);
            const before = known.get(key)?.used ?? false;
            known.set(key, { exemption, used: before || used.includes(exemption) });
        }
    }

    /** For another run. */
    clear(): void {
        this.waiting.length = 0;
        this.exemptions.clear();
    }

    /** One sentence for each exemption that let nothing pass and has not expired. */
    unused(today: string): string[] {
        return [...this.exemptions].flatMap(([rule, known]) =>
            [...known.values()]
                .filter(({ exemption, used }) => !used && exemption.expires >= today)
                .map(
                    ({ exemption }) =>
                        `the exemption of "${exemption.resource}" from ${rule} (${exemption.reason}) lets nothing pass: no resource of that name breaks the rule; take it out.`,
                ),
        );
    }
}
