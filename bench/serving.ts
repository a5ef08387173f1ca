import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { freePort } from "../local/launcher/free-port.ts";
import { childrenOf } from "../local/launcher/held-bytes.ts";
import { pythonEnvironment } from "../local/launcher/python-environment.ts";
import { findPython } from "../local/launcher/python.ts";
import { waitForHealth } from "../local/launcher/wait-for-health.ts";
import { createProgress } from "../local/progress.ts";
import { environments } from "../local/project.ts";
import type { BenchmarkResult, Row } from "./benchmark.ts";
import { load, type LoadTimes } from "./load.ts";
import { median, quantile } from "./statistics.ts";

/** Does nothing: what is measured is the server around it. */
const HANDLER = `
def model_fn(model_dir): return None or "model"
def input_fn(body, content_type): return body
def predict_fn(data, model): return data
def output_fn(prediction, accept): return prediction
`;

/** The least that the same HTTP server can do: reads the request, answers as many bytes, calls nobody. */
const BARE = `
async def app(scope, receive, send):
    if scope["type"] != "http": return
    body = b""
    while True:
        message = await receive()
        body += message["body"]
        if not message.get("more_body"): break
    headers = [(b"content-type", b"application/octet-stream"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
`;

const BODY = Buffer.alloc(1024, "x");
const ROUNDS = 5;
const REQUESTS = { 1: 1500, 16: 6000 } as const;

interface Server {
    readonly name: string;
    readonly python: string;
    readonly args: readonly string[];
    /** The handler runs in the event loop. @default false */
    readonly inline?: boolean;
}

/** A server that is running. */
interface Running extends Server {
    readonly child: ChildProcess;
    readonly port: number;
    /** Seconds from its start until it answered a request. */
    readonly startup: number;
}

/** Resident memory of a process and all below it, in MB, from /proc. */
function memory(pid: number): number {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const own = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
    return childrenOf(pid).reduce((sum, child) => sum + memory(child), own);
}

const request = (port: number, clients: number, requests: number) =>
    load({ port, path: "/invocations", contentType: "application/octet-stream", body: BODY, clients, requests });

async function start(server: Server, folder: string): Promise<Running> {
    const port = await freePort();
    const since = performance.now();
    const args = server.args.map((arg) => arg.replace("PORT", String(port)));
    const child = spawn(server.python, args, {
        stdio: "ignore",
        detached: true,
        env: {
            PATH: process.env["PATH"] ?? "",
            HOME: folder,
            PYTHONPATH: `${resolve("containers")}:${folder}`,
            SAGEMAKER_BIND_TO_PORT: String(port),
            SAGEMAKER_BASE_DIR: folder,
            SAGEMAKER_SUBMIT_DIRECTORY: folder,
            SAGEMAKER_MODEL_SERVER_WORKERS: "1",
            SERVING_HOST: "127.0.0.1",
            SERVING_INLINE: String(server.inline ?? false),
        },
    });
    if (!(await waitForHealth(`http://127.0.0.1:${port}`, 60_000, new AbortController().signal))) {
        throw new Error(`${server.name} did not start`);
    }
    await request(port, 1, 1); // Multi Model Server answers /ping before it can predict
    return { ...server, child, port, startup: (performance.now() - since) / 1000 };
}

async function stop({ child }: Running): Promise<void> {
    const closed = new Promise((done) => child.once("close", done));
    process.kill(-(child.pid ?? 0), "SIGTERM");
    const kill = setTimeout(() => process.kill(-(child.pid ?? 0), "SIGKILL"), 5000);
    await closed;
    clearTimeout(kill);
}

/** Each server in turn under the same load, several rounds. */
async function measure(servers: readonly Running[], clients: 1 | 16) {
    const times = new Map<string, LoadTimes[]>(servers.map(({ name }) => [name, []]));
    for (const { port } of servers) await request(port, clients, REQUESTS[clients] / 2);
    for (let round = 0; round < ROUNDS; round++) {
        for (const { name, port } of servers) times.get(name)?.push(await request(port, clients, REQUESTS[clients]));
    }
    return new Map(
        [...times].map(([name, rounds]) => [
            name,
            {
                rps: median(rounds.map(({ total }) => (1000 * REQUESTS[clients]) / total)),
                p50: median(rounds.map(({ each }) => quantile(each, 0.5))),
                p99: median(rounds.map(({ each }) => quantile(each, 0.99))),
            },
        ]),
    );
}

/** The step server, Multi Model Server with the same handler, and the bare HTTP server under both limits. */
export async function serving(): Promise<BenchmarkResult> {
    const folder = mkdtempSync(join(tmpdir(), "serving-"));
    mkdirSync(join(folder, "model"));
    writeFileSync(join(folder, "inference.py"), HANDLER);
    writeFileSync(join(folder, "bare.py"), BARE);
    const environment = (name: string) => {
        const requirements = [{ file: `containers/${name}/requirements.txt`, isComplete: true }];
        return pythonEnvironment(findPython(), `bench-${name}`, requirements, environments, createProgress());
    };
    const step = await environment("serving");
    const bare = [
        "-m",
        "uvicorn",
        "bare:app",
        "--port",
        "PORT",
        "--no-access-log",
        "--no-server-header",
        "--no-date-header",
        "--log-level",
        "warning",
        "--loop",
        "uvloop",
    ];
    const kinds: readonly Server[] = [
        { name: "step server", python: step, args: ["-m", "serving", "serve"] },
        { name: "step server, inline", python: step, args: ["-m", "serving", "serve"], inline: true },
        {
            name: "Multi Model Server",
            python: await environment("multi_model_server"),
            args: ["-m", "multi_model_server", "serve"],
        },
        { name: "bare uvicorn", python: step, args: bare },
    ];
    const startups = new Map<string, number[]>(kinds.map(({ name }) => [name, []]));
    for (let round = 0; round < ROUNDS; round++) {
        for (const kind of kinds) {
            const running = await start(kind, folder);
            startups.get(kind.name)?.push(running.startup);
            await stop(running);
        }
    }
    const servers: Running[] = [];
    try {
        for (const kind of kinds) servers.push(await start(kind, folder));
        const one = await measure(servers, 1);
        const many = await measure(servers, 16);
        const rows = servers.map(({ name, child }) => ({
            server: name,
            "rps, 1 client": one.get(name)?.rps ?? 0,
            "p50 ms, 1 client": one.get(name)?.p50 ?? 0,
            "p99 ms, 1 client": one.get(name)?.p99 ?? 0,
            "rps, 16 clients": many.get(name)?.rps ?? 0,
            "p50 ms, 16 clients": many.get(name)?.p50 ?? 0,
            "p99 ms, 16 clients": many.get(name)?.p99 ?? 0,
            "start-up s": median(startups.get(name) ?? []),
            "memory MB": memory(child.pid ?? 0),
        }));
        return { name: "serving", rows, ratios: ratios(rows), notes: NOTES, plots: PLOTS };
    } finally {
        for (const server of servers) await stop(server);
        rmSync(folder, { recursive: true, force: true });
    }
}

/** The step server's figures, in both its ways, over those of the others. */
function ratios(rows: readonly Row[]): Row[] {
    const own = rows.slice(0, 2);
    const others = rows.slice(2);
    return own.flatMap((ours) => others.map((other) => ratio(ours, other)));
}

function ratio(own: Row, other: Row): Row {
    const figures = Object.entries(other).flatMap(([column, value]) => {
        const ours = own[column];
        return typeof value === "number" && typeof ours === "number" ? [[column, ours / value] as const] : [];
    });
    return { ratio: `${String(own["server"])} ÷ ${String(other["server"])}`, ...Object.fromEntries(figures) };
}

const NOTES = [
    `medians of ${ROUNDS} rounds in turn, one worker each, 1 KiB in and out, after a warm-up; the clients share the machine`,
    "start-up: from the start of the process until it has answered a request; memory: resident, of all its processes, after the load",
    "the bare server is the one under the step server, with an application that calls no handler: the limit",
];

const PLOTS = [
    {
        title: "Requests per second",
        groups: ["server"],
        values: ["rps, 1 client", "rps, 16 clients"],
        axis: "requests / s",
    },
    { title: "Memory", groups: ["server"], values: ["memory MB"], axis: "MB" },
    { title: "Start-up", groups: ["server"], values: ["start-up s"], axis: "seconds" },
];
