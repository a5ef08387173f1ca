import { createHash, type Hash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Progress } from "../progress.ts";
import { withLock } from "./file-lock.ts";
import type { Python } from "./python.ts";
import { runCommand } from "./run-command.ts";

/** A requirements file. */
export interface Requirements {
    readonly file: string;
    /** It names all that is needed, so pip adds nothing: what a package declares and nobody here uses stays out. */
    readonly isComplete: boolean;
}

/**
 * A virtual environment with just these requirements, made once and found again by what the files say.
 * @param name what it is for, such as `digits`; part of its folder's name
 * @returns the path of its interpreter
 */
export async function pythonEnvironment(
    python: Python,
    name: string,
    requirements: readonly Requirements[],
    cache: string,
    progress: Progress,
): Promise<string> {
    const hash = hashOf(python);
    for (const { file } of requirements) hash.update("\0").update(readFileSync(file));
    const folder = join(cache, `${name}-${nameOf(hash)}`);
    const interpreter = interpreterOf(folder);
    await madeOnce(folder, async () => {
        const done = progress.step(`installing Python packages for ${name}`);
        const pip = await findPip(python, cache);
        await run(python, [python.executable, "-m", "venv", "--without-pip", folder]);
        for (const { file, isComplete } of requirements)
            await run(python, [
                interpreter,
                pip,
                "install",
                ...FLAGS,
                ...(isComplete ? ["--no-deps"] : []),
                "-r",
                file,
            ]);
        done();
    });
    return interpreter;
}

const FLAGS = ["--quiet", "--disable-pip-version-check", "--no-input"] as const;

const hashOf = ({ version, executable }: Python) => createHash("sha256").update(`${version} ${executable}`);
const nameOf = (hash: Hash): string => hash.digest("hex").slice(0, 12);
const interpreterOf = (folder: string): string => join(folder, "bin", "python");

const run = (python: Python, command: readonly [string, ...string[]]): Promise<string> =>
    runCommand({ python: python.executable, command, environment: process.env });

/** Makes a folder that is not there as a whole yet; others who want it wait. */
async function madeOnce(folder: string, make: () => Promise<void>): Promise<void> {
    const complete = join(folder, ".complete"); // a folder without it was left by a run that was stopped
    if (existsSync(complete)) return;
    await mkdir(dirname(folder), { recursive: true });
    await withLock(`${folder}.lock`, async () => {
        if (existsSync(complete)) return;
        rmSync(folder, { recursive: true, force: true });
        await make();
        writeFileSync(complete, "");
    });
}

/**
 * One pip for all environments, in one of its own: to put it into each takes longer than most of their packages.
 * @returns its folder, which the interpreter of any environment runs as a program
 */
async function findPip(python: Python, cache: string): Promise<string> {
    const folder = join(cache, `pip-${nameOf(hashOf(python))}`);
    const interpreter = interpreterOf(folder);
    await madeOnce(folder, async () => {
        await run(python, [python.executable, "-m", "venv", folder]);
        // what lies beside it would count as installed; only older versions of Python put it there
        await run(python, [interpreter, "-m", "pip", "uninstall", ...FLAGS, "--yes", "setuptools"]);
    });
    return run(python, [interpreter, "-c", "import pip; print(*pip.__path__)"]);
}
