import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { sendSample } from "../local/send-sample.ts";
import { startLocalHost } from "../tools/local-host.ts";
import type { Row } from "./benchmark.ts";
import type { DescribedSteps } from "./describe-steps.ts";
import { load } from "./load.ts";
import { median, quantile } from "./statistics.ts";

/** Stacks whose steps are container folders, and which have a sample. */
export const STACKS: readonly string[] = ["pipeline", "ensemble"];

/** Of stacks that answer the sample within a round, and of those that take longer. */
const ROUNDS = { fast: 15, slow: 5 };
/** Milliseconds that the sample is sent for in each round. */
const ROUND_MS = 400;

/** The handlers of a stack in one process. */
interface InProcess {
    /** Calls all of them so often. */
    readonly call: (times: number) => Promise<{ readonly each: readonly number[]; readonly answer: Buffer }>;
    readonly stop: () => Promise<void>;
}

async function inProcess({ python, pythonPath, file }: DescribedSteps): Promise<InProcess> {
    const child = spawn(python, [join(import.meta.dirname, "steps.py"), file], {
        stdio: ["pipe", "pipe", "inherit"],
        env: { PATH: process.env["PATH"], HOME: tmpdir(), LANG: "C.UTF-8", PYTHONPATH: pythonPath },
    });
    await once(child, "spawn");
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const call = async (times: number) => {
        child.stdin.write(`${times}\n`);
        const line = await lines.next();
        if (line.done ?? false) throw new Error("the handlers' process ended; what it said stands above");
        const { each, answer } = JSON.parse(line.value) as { each: number[]; answer: string };
        return { each, answer: Buffer.from(answer, "base64") };
    };
    const stop = async () => {
        child.kill();
        await once(child, "close");
    };
    return { call, stop };
}

/** One stack: its sample through the local host, and through its handlers in one process, in turn. */
async function measure(stack: string, folder: string): Promise<Row> {
    const { stdout } = await promisify(execFile)(process.execPath, ["bench/describe-steps.ts", stack, folder]);
    const described = JSON.parse(stdout) as DescribedSteps;
    const { sample, steps } = described;
    const { contentType, accept } = sample;
    const body = readFileSync(sample.body);
    const handlers = await inProcess(described);
    const host = await startLocalHost("--stack", stack);
    try {
        const { port, pathname: path } = new URL(host.url);
        const expected = (await handlers.call(1)).answer;
        const { body: answer } = await sendSample(host.url, sample);
        if (!answer.equals(expected))
            throw new Error(`stack ${stack}: the local host and the handlers answer differently`);

        const [once = Number.NaN] = (await handlers.call(1)).each;
        const [requests, rounds] = once < ROUND_MS ? [Math.ceil(ROUND_MS / once), ROUNDS.fast] : [1, ROUNDS.slow];
        const unmeasured = once < ROUND_MS ? 2 : 1;
        const times: Record<"handlers" | "served", number[]> = { handlers: [], served: [] };
        for (let round = -unmeasured; round < rounds; round++) {
            const { each } = await handlers.call(requests);
            const served = await load({ port: Number(port), path, contentType, accept, body, clients: 1, requests });
            if (round < 0) continue;
            times.handlers.push(...each);
            times.served.push(...served.each);
        }
        const [own, served] = [median(times.handlers), median(times.served)];
        return {
            stack,
            steps,
            "in one process, p50 ms": own,
            "local host, p50 ms": served,
            "added ms": served - own,
            ratio: served / own,
            "in one process, p99 ms": quantile(times.handlers, 0.99),
            "local host, p99 ms": quantile(times.served, 0.99),
        };
    } finally {
        host.child.kill("SIGTERM");
        await handlers.stop();
        await host.ended;
    }
}

/** The samples of the stacks, end to end. */
export async function measureStacks(): Promise<readonly Row[]> {
    const folder = mkdtempSync(join(tmpdir(), "stacks-"));
    try {
        const rows: Row[] = [];
        for (const stack of STACKS) rows.push(await measure(stack, join(folder, stack)));
        return rows;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
