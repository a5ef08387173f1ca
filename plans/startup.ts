import type { EndpointSettings } from "./endpoint.ts";
import type { Step } from "./step.ts";

const KEYS = ["startupTimeoutSeconds", "downloadTimeoutSeconds"] as const;

/** What the steps need, for the instance that they start on together: the most that one of them needs. */
export function startupNeeds(steps: readonly Step[]): Pick<EndpointSettings, (typeof KEYS)[number]> {
    const needs = KEYS.flatMap((key) => {
        const seconds = steps.flatMap((step) => step[key] ?? []);
        return seconds.length === 0 ? [] : [[key, Math.max(...seconds)] as const];
    });
    return Object.fromEntries(needs);
}

/** Steps that need more time than the endpoint or one of its variants gives. */
export function startupProblems(endpoint: EndpointSettings, steps: readonly Step[]): string[] {
    const givers = [
        { what: "endpoint", given: endpoint },
        ...(endpoint.variants ?? []).map((given) => ({ what: `variant "${given.name}"`, given })),
    ];
    return steps.flatMap((step) =>
        KEYS.flatMap((key) =>
            givers.flatMap(({ what, given }) => {
                const [needed, seconds] = [step[key], given[key]];
                if (needed === undefined || seconds === undefined || needed <= seconds) return [];
                return [`step "${step.name}" needs ${key} ${needed}, and ${what} gives ${seconds}; leave it out there`];
            }),
        ),
    );
}
