import { join } from "node:path";
import { Pool } from "undici";
import { type Apart, startApart } from "./apart.ts";
import { chain } from "./bare-runner.ts";
import type { Row } from "./benchmark.ts";
import { linePath } from "./gateway-runner.ts";
import { load } from "./load.ts";
import { fitLine, median, quantile } from "./statistics.ts";

const LENGTHS = [1, 2, 3, 5, 15] as const;

/** A payload, rounds that let the runners warm up with it, and the hops of each line in one round. */
interface Payload {
    readonly name: string;
    readonly bytes: number;
    readonly warmUp: number;
    readonly hops: number;
}

const PAYLOADS: readonly Payload[] = [
    { name: "1 KB", bytes: 1024, warmUp: 10, hops: 240 },
    { name: "1 MB", bytes: 1024 * 1024, warmUp: 2, hops: 30 },
    { name: "4 MB", bytes: 4 * 1024 * 1024, warmUp: 1, hops: 8 },
];

/** Two runs of the same program differ, by how it was compiled on the way, so it is started so many times. */
export const RUNS = 5;
/** Rounds of one run. */
export const ROUNDS = 5;
/** The fewest requests through one line in one round. */
const REQUESTS = 3;

const RUNNERS = ["client", "bare", "gateway"] as const;
type Runner = (typeof RUNNERS)[number];

/** Microseconds that a request took, and of the runner's processor time for it. */
interface Cost {
    readonly took: number;
    readonly cpu: number;
}

/** By runner and by the length of the line. */
type Costs = Record<Runner, Map<number, Cost>>;

/** Sends requests through the first containers of a line; returns the milliseconds of each. */
type Send = (length: number, body: Buffer, requests: number) => Promise<readonly number[]>;

const through =
    ({ urls: [url = ""] }: Apart): Send =>
    async (length, body, requests) => {
        const port = Number(new URL(url).port);
        const contentType = "application/octet-stream";
        return (await load({ port, path: linePath(length), contentType, body, clients: 1, requests })).each;
    };

const byItself =
    (pools: readonly Pool[]): Send =>
    async (length, body, requests) => {
        const each: number[] = [];
        for (let request = 0; request < requests; request++) {
            const sent = performance.now();
            await chain(pools.slice(0, length), body);
            each.push(performance.now() - sent);
        }
        return each;
    };

/** What a runner needs to be measured. */
interface Measured {
    readonly send: Send;
    readonly cpu: () => Promise<number>;
}

async function cost({ send, cpu }: Measured, length: number, body: Buffer, hops: number): Promise<Cost> {
    const requests = Math.max(REQUESTS, Math.round(hops / length));
    const before = await cpu();
    const each = await send(length, body, requests);
    return { took: 1000 * median(each), cpu: ((await cpu()) - before) / requests };
}

/** The rounds of one run. In every round each line is measured with each runner in turn, and another one is the first. */
async function measure(runners: Readonly<Record<Runner, Measured>>, payload: Payload): Promise<Costs[]> {
    const body = Buffer.alloc(payload.bytes, "x");
    const rounds: Costs[] = [];
    for (let round = -payload.warmUp; round < ROUNDS; round++) {
        const costs: Costs = { client: new Map(), bare: new Map(), gateway: new Map() };
        const first = Math.abs(round) % RUNNERS.length;
        for (const length of LENGTHS) {
            for (const name of [...RUNNERS.slice(first), ...RUNNERS.slice(0, first)]) {
                costs[name].set(length, await cost(runners[name], length, body, payload.hops));
            }
        }
        if (round >= 0) rounds.push(costs);
    }
    return rounds;
}

function medians(all: readonly Costs[]): Costs {
    const of = (runner: Runner) =>
        new Map(
            LENGTHS.map((length) => {
                const costs = all.flatMap((each) => each[runner].get(length) ?? []);
                return [
                    length,
                    { took: median(costs.map(({ took }) => took)), cpu: median(costs.map(({ cpu }) => cpu)) },
                ];
            }),
        );
    return { client: of("client"), bare: of("bare"), gateway: of("gateway") };
}

/** The rounds of each payload, with new processes. */
async function run(): Promise<Costs[][]> {
    const program = (name: string): string => join(import.meta.dirname, name);
    const containers = await startApart(program("echo-containers.ts"), String(Math.max(...LENGTHS)));
    const bare = await startApart(program("bare-runner.ts"), ...containers.urls);
    const gateway = await startApart(program("gateway-runner.ts"), ...containers.urls);
    const pools = containers.urls.map((origin) => new Pool(origin));
    const own = (): Promise<number> => {
        const { user, system } = process.cpuUsage();
        return Promise.resolve(user + system);
    };
    const runners = {
        client: { send: byItself(pools), cpu: own },
        bare: { send: through(bare), cpu: bare.cpu },
        gateway: { send: through(gateway), cpu: gateway.cpu },
    };
    try {
        const rounds: Costs[][] = [];
        for (const payload of PAYLOADS) rounds.push(await measure(runners, payload));
        return rounds;
    } finally {
        await Promise.all(pools.map((pool) => pool.close()));
        for (const apart of [gateway, bare, containers]) await apart.stop();
    }
}

const line = (costs: ReadonlyMap<number, Cost>, figure: keyof Cost, least = 1) =>
    fitLine([...costs].filter(([length]) => length >= least).map(([length, value]) => [length, value[figure]]));

/** How long a request takes with each runner, by payload and length of the line, and what a hop takes of that. */
export async function measureHops(): Promise<{ readonly rows: readonly Row[]; readonly hops: readonly Row[] }> {
    const runs: Costs[][][] = [];
    for (let index = 0; index < RUNS; index++) runs.push(await run());
    const each = PAYLOADS.map(({ name }, index) => {
        const rounds = runs.flatMap((payloads) => payloads[index] ?? []);
        return { name, rounds, overall: medians(rounds) };
    });
    return {
        rows: each.flatMap(({ name, overall }) => LENGTHS.map((length) => requestRow(name, length, overall))),
        hops: each.map(({ name, rounds, overall }) => hopRow(name, rounds, overall)),
    };
}

function requestRow(payload: string, length: number, { client, bare, gateway }: Costs): Row {
    const [byClient = Number.NaN, byBare = Number.NaN, byGateway = Number.NaN] = [client, bare, gateway].map(
        (costs) => (costs.get(length)?.took ?? Number.NaN) / 1000,
    );
    return {
        payload,
        containers: length,
        client_ms: byClient,
        bare_ms: byBare,
        gateway_ms: byGateway,
        "gateway ÷ bare": byGateway / byBare,
    };
}

function hopRow(payload: string, rounds: readonly Costs[], overall: Costs): Row {
    const slopes = (runner: Runner, figure: keyof Cost): number[] =>
        rounds.map((costs) => line(costs[runner], figure).slope);
    const compare = (figure: keyof Cost) => {
        const [bare, gateway] = [slopes("bare", figure), slopes("gateway", figure)];
        const ratios = gateway.map((slope, index) => slope / (bare[index] ?? Number.NaN));
        return { bare: median(bare), gateway: median(gateway), ratios };
    };
    const [took, cpu] = [compare("took"), compare("cpu")];
    const linear = line(overall.gateway, "took", 2);
    const quartiles = [0.25, 0.75].map((q) => quantile(took.ratios, q).toFixed(2));
    return {
        payload,
        "bare µs": took.bare,
        "gateway µs": took.gateway,
        "added µs": took.gateway - took.bare,
        "gateway ÷ bare": median(took.ratios),
        quartiles: quartiles.join(" – "),
        "bare cpu µs": cpu.bare,
        "gateway cpu µs": cpu.gateway,
        "cpu ÷ bare cpu": median(cpu.ratios),
        "added once µs": line(overall.gateway, "took").intercept - line(overall.bare, "took").intercept,
        "R²": linear.r2,
        "farthest off %": 100 * linear.farthest,
    };
}
