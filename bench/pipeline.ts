import type { BenchmarkResult } from "./benchmark.ts";
import { measureHops, ROUNDS, RUNS } from "./hops.ts";
import { measureStacks } from "./stacks.ts";

const NOTES = [
    "client, runner and containers are processes of their own; all containers are one process with a port for each, as the two cores " +
        "then hold whoever sends and whoever receives, and nothing else; a container reads its request and answers the same bytes",
    "bare: a Node HTTP server that reads the request and passes it from container to container by undici's `dispatch`, over connections " +
        "kept alive, and checks, limits, times and counts nothing; gateway: the local host's; client: the same chain made by the client " +
        "itself, which spares the exchange between client and runner",
    `one client; ${RUNS} runs with new processes of ${ROUNDS} rounds each, all three in turn in every round; figures are medians of rounds`,
    "hops: the slope of a line fitted over 1 to 15 containers in each round, so that what a request costs once is left out: microseconds " +
        "that one container more takes, its own echo included, and of the runner's processor time alone; gateway ÷ bare is the median of " +
        "the rounds' ratios; added once: how much later than bare the gateway would answer with no container at all",
    "R² and farthest off: how straight the gateway's medians lie from 2 to 15 containers, and how far the farthest is from that line",
    "stacks: the stack's sample through `npm start`, each step a process of its own, against the same handlers called one after another in " +
        "one Python process, which need no HTTP; their answers are the same bytes",
];

/** What a line of containers costs: the gateway against a bare chain of the same hops, and real stacks against their handlers. */
export async function pipeline(): Promise<BenchmarkResult> {
    const { rows, hops } = await measureHops();
    return {
        name: "pipeline",
        rows,
        tables: { hops, stacks: await measureStacks() },
        notes: NOTES,
        plots: [
            {
                title: "Requests through containers in line",
                groups: ["payload", "containers"],
                values: ["client_ms", "bare_ms", "gateway_ms"],
                axis: "p50, milliseconds",
                logarithmic: true,
            },
        ],
    };
}
