import { spawn } from "node:child_process";
import { basename, delimiter, join } from "node:path";
import type { Writable } from "node:stream";
import { createProgress, type Progress } from "../local/progress.ts";
import { root } from "../local/project.ts";

export interface Counts {
    readonly passed: number;
    readonly failed: number;
}

/** What runs a suite. */
export interface SuiteCommand {
    readonly command: readonly [string, ...string[]];
    readonly environment?: Readonly<Record<string, string>>;
}

/** A set of checks that one command runs. */
export interface Suite {
    readonly name: string;
    /** What runs the tests and says how many passed; without it the suite counts as one. */
    readonly runner?: "mocha" | "pytest";
    /** Makes what the suite needs, such as an environment of Python. */
    readonly prepare: (progress: Progress) => SuiteCommand | Promise<SuiteCommand>;
}

/** Suites that run one after another, side by side with those of other lanes. */
export type Lane = readonly Suite[];

/** What the runner prints comes through a pipe, so it cannot see for itself whether there is a terminal. */
const COLOURS: Readonly<Record<"mocha" | "pytest", (wanted: boolean) => string>> = {
    mocha: (wanted) => (wanted ? "--color" : "--no-color"),
    pytest: (wanted) => `--color=${wanted ? "yes" : "no"}`,
};

const number = (output: string, pattern: RegExp): number => Number(pattern.exec(output)?.[1] ?? 0);

const READERS: Readonly<Record<"mocha" | "pytest", (output: string) => Counts>> = {
    mocha: (output) => ({ passed: number(output, /(\d+) passing/), failed: number(output, /(\d+) failing/) }),
    pytest: (output) => ({
        passed: number(output, /(\d+) passed/),
        failed: number(output, /(\d+) failed/) + number(output, /(\d+) errors?\b/),
    }),
};

/**
 * Runs a suite, and writes what it prints to `shown`, which it ends. A command that fails has failed once at least, and so has a
 * runner that ran nothing, whatever it printed, and a suite that could not be prepared.
 */
export async function runSuite(suite: Suite, shown: Writable): Promise<Counts> {
    const since = performance.now();
    const { name, prepare } = suite;
    let counts: Counts;
    try {
        counts = await runCommand(suite, await prepare(createProgress(shown)), shown);
    } catch (error) {
        shown.write(`\n${(error as Error).message}\n`);
        counts = { passed: 0, failed: 1 };
    }
    const seconds = ((performance.now() - since) / 1000).toFixed(1);
    shown.end(`── ${name}: ${counts.failed === 0 ? "ok" : "FAILED"} in ${seconds} s\n`);
    return counts;
}

async function runCommand(
    { name, runner }: Suite,
    { command: [command, ...args], environment }: SuiteCommand,
    shown: Writable,
): Promise<Counts> {
    shown.write(`\n── ${name}: ${[basename(command), ...args].join(" ")}\n`);
    const bin = join(root, "node_modules", ".bin");
    const colours = runner === undefined ? [] : [COLOURS[runner](process.stdout.isTTY)];
    const child = spawn(command, [...args, ...colours], {
        stdio: ["ignore", "pipe", "pipe"],
        env: {
            ...process.env,
            PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`,
            ...environment,
        },
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => shown.write(chunk));
    const code = await new Promise<number | null>((resolve, reject) =>
        child.once("error", reject).once("close", resolve),
    );

    const counted = runner === undefined ? { passed: code === 0 ? 1 : 0, failed: 0 } : READERS[runner](output);
    const succeeded = code === 0 && counted.passed > 0;
    return succeeded ? counted : { ...counted, failed: Math.max(1, counted.failed) };
}
