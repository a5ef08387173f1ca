import { type Load, load } from "../load.ts";
import type { Row } from "../benchmark.ts";
import { median, quantile } from "../statistics.ts";

/** What is measured against others: a server, and the request that is sent to it. */
export interface Contender extends Omit<Load, "clients" | "requests"> {
    readonly name: string;
}

/** One contender under one load: a figure for each round. */
export interface Figures {
    readonly p50: number[];
    readonly p99: number[];
    readonly rps: number[];
}

/** How hard each contender is asked, and how often. */
export interface Rounds {
    readonly clients: number;
    /** Of one round. */
    readonly requests: number;
    readonly rounds: number;
    /** Requests before the first round. */
    readonly warmUp: number;
}

/** Measures the contenders in turn, round by round, another one first in each. */
export async function measure(
    contenders: readonly Contender[],
    { clients, requests, rounds, warmUp }: Rounds,
): Promise<Map<string, Figures>> {
    const figures = new Map<string, Figures>(contenders.map(({ name }) => [name, { p50: [], p99: [], rps: [] }]));
    for (const contender of contenders) await load({ ...contender, clients, requests: warmUp });
    for (let round = 0; round < rounds; round++) {
        const first = round % contenders.length;
        for (const contender of [...contenders.slice(first), ...contenders.slice(0, first)]) {
            const { each, total } = await load({ ...contender, clients, requests });
            const of = figures.get(contender.name);
            of?.p50.push(median(each));
            of?.p99.push(quantile(each, 0.99));
            of?.rps.push((1000 * requests) / total);
        }
    }
    return figures;
}

/** The median of the rounds' ratios of a figure. */
export function ratio(
    figures: ReadonlyMap<string, Figures>,
    figure: keyof Figures,
    over: string,
    under: string,
): number {
    const of = (name: string) => figures.get(name)?.[figure] ?? [];
    const divisors = of(under);
    return median(of(over).map((value, round) => value / (divisors[round] ?? Number.NaN)));
}

/** A row for each contender. */
export const rowsOf = (name: string, clients: number, figures: ReadonlyMap<string, Figures>): Row[] =>
    [...figures].map(([server, { p50, p99, rps }]) => ({
        case: name,
        clients,
        server,
        "p50 ms": median(p50),
        "p99 ms": median(p99),
        "requests / s": median(rps),
    }));
