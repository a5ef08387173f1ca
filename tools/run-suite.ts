import { spawn } from "node:child_process";
import { basename, delimiter, join } from "node:path";
import { root } from "../local/project.ts";

export interface Counts {
    readonly passed: number;
    readonly failed: number;
}

/** A set of checks that one command runs. */
export interface Suite {
    readonly name: string;
    readonly command: readonly [string, ...string[]];
    /** What runs the tests and says how many passed; without it the suite counts as one. */
    readonly runner?: "mocha" | "pytest";
    readonly environment?: Readonly<Record<string, string>>;
}

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
 * Runs a suite and shows what it prints as it comes. A command that fails has failed once at least, and so has a runner that ran
 * nothing, whatever it printed.
 */
export async function runSuite({ name, command: [command, ...args], runner, environment }: Suite): Promise<Counts> {
    const since = performance.now();
    console.log(`\n── ${name}: ${[basename(command), ...args].join(" ")}`);
    const bin = join(root, "node_modules", ".bin");
    const colours = runner === undefined ? [] : [COLOURS[runner](process.stdout.isTTY)];
    const child = spawn(command, [...args, ...colours], {
        stdio: ["ignore", "pipe", "inherit"],
        env: {
            ...process.env,
            PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`,
            ...environment,
        },
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        process.stdout.write(chunk);
    });
    const code = await new Promise<number | null>((resolve, reject) =>
        child.once("error", reject).once("close", resolve),
    );

    const counted = runner === undefined ? { passed: code === 0 ? 1 : 0, failed: 0 } : READERS[runner](output);
    const succeeded = code === 0 && counted.passed > 0;
    console.log(`── ${name}: ${succeeded ? "ok" : "FAILED"} in ${((performance.now() - since) / 1000).toFixed(1)} s`);
    return succeeded ? counted : { ...counted, failed: Math.max(1, counted.failed) };
}
