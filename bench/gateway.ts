import { join } from "node:path";
import { Pool } from "undici";
import { startApart } from "./apart.ts";
import type { BenchmarkResult, Row } from "./benchmark.ts";
import { linePath } from "./gateway-runner.ts";
import { median, quantile } from "./statistics.ts";

/** What is measured: requests of `bytes` from `clients` at once through `containers` in line. */
interface Case {
    readonly name: string;
    readonly bytes: number;
    readonly clients: number;
    readonly containers: number;
    readonly requests: number;
}

const CASES: readonly Case[] = [
    { name: "1 KiB, 1 client", bytes: 1024, clients: 1, containers: 1, requests: 6000 },
    { name: "1 KiB, 16 clients", bytes: 1024, clients: 16, containers: 1, requests: 16000 },
    { name: "1 MiB, 1 client", bytes: 1024 * 1024, clients: 1, containers: 1, requests: 600 },
    { name: "1 MiB, 16 clients", bytes: 1024 * 1024, clients: 16, containers: 1, requests: 960 },
    { name: "1 KiB, 1 client, 3 containers", bytes: 1024, clients: 1, containers: 3, requests: 3000 },
];

/** Requests go in rounds, to the containers and through the gateway in turn, so that both meet the same machine. */
const ROUNDS = 20;

async function call(pool: Pool, path: string, body: Buffer): Promise<void> {
    const headers = { "Content-Type": "application/octet-stream" };
    const response = await pool.request({ method: "POST", path, headers, body });
    const length = (await response.body.arrayBuffer()).byteLength;
    if (response.statusCode !== 200 || length !== body.length) {
        throw new Error(`${path} answered ${response.statusCode} with ${length} bytes, not 200 with ${body.length}`);
    }
}

/** Milliseconds each request took, and all of them together. */
interface Times {
    readonly each: number[];
    total: number;
}

/** Sends `count` requests, `clients` at a time. */
async function round(times: Times, clients: number, count: number, request: () => Promise<void>): Promise<void> {
    const began = performance.now();
    let left = count;
    const client = async (): Promise<void> => {
        while (left-- > 0) {
            const sent = performance.now();
            await request();
            times.each.push(performance.now() - sent);
        }
    };
    await Promise.all(Array.from({ length: clients }, client));
    times.total += performance.now() - began;
}

async function measure(settings: Case, container: string, gateway: string): Promise<Row> {
    const { bytes, clients, containers, requests } = settings;
    const body = Buffer.alloc(bytes, "x");
    const [direct, through] = [
        new Pool(container, { connections: clients }),
        new Pool(gateway, { connections: clients }),
    ];
    const path = linePath(containers);
    const callDirect = async (): Promise<void> => {
        for (let index = 0; index < containers; index++) await call(direct, "/invocations", body);
    };
    const callGateway = (): Promise<void> => call(through, path, body);
    const inTurn = async (count: number): Promise<{ direct: Times; gateway: Times }> => {
        const times = { direct: { each: [], total: 0 }, gateway: { each: [], total: 0 } };
        for (let index = 0; index < ROUNDS; index++) {
            await round(times.direct, clients, count / ROUNDS, callDirect);
            await round(times.gateway, clients, count / ROUNDS, callGateway);
        }
        return times;
    };
    await inTurn(requests / 2); // warms up
    const times = await inTurn(requests);
    await Promise.all([direct.close(), through.close()]);
    const p50 = { direct: median(times.direct.each), gateway: median(times.gateway.each) };
    return {
        case: settings.name,
        direct_p50_ms: p50.direct,
        gateway_p50_ms: p50.gateway,
        added_p50_ms: p50.gateway - p50.direct,
        direct_p99_ms: quantile(times.direct.each, 0.99),
        gateway_p99_ms: quantile(times.gateway.each, 0.99),
        direct_requests_s: (1000 * requests) / times.direct.total,
        gateway_requests_s: (1000 * requests) / times.gateway.total,
    };
}

/** What the gateway adds to calls of a container that only echoes; client, gateway and container are three processes. */
export async function gateway(): Promise<BenchmarkResult> {
    const container = await startApart(join(import.meta.dirname, "echo-containers.ts"), "1");
    const [origin = ""] = container.urls;
    const line = Array.from({ length: Math.max(...CASES.map(({ containers }) => containers)) }, () => origin);
    const served = await startApart(join(import.meta.dirname, "gateway-runner.ts"), ...line);
    try {
        const rows: Row[] = [];
        for (const settings of CASES) rows.push(await measure(settings, origin, served.urls[0] ?? ""));
        const notes = [
            `connections are kept alive; direct and through the gateway in ${ROUNDS} rounds in turn`,
            "with several containers, direct is the client calling them one after another",
        ];
        return {
            name: "gateway",
            rows,
            notes,
            plots: [
                {
                    title: "Requests through the gateway",
                    groups: ["case"],
                    values: ["direct_p50_ms", "gateway_p50_ms"],
                    axis: "p50, milliseconds",
                    logarithmic: true,
                },
            ],
        };
    } finally {
        await served.stop();
        await container.stop();
    }
}
