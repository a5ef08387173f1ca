import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
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
    const hash = createHash("sha256").update(`${python.version} ${python.executable}`);
    for (const { file } of requirements) hash.update("\0").update(readFileSync(file));
    const folder = join(cache, `${name}-${hash.digest("hex").slice(0, 12)}`);
    const interpreter = join(folder, "bin", "python");
    const complete = join(folder, ".complete"); // a folder without it was left by a run that was stopped
    if (existsSync(complete)) return interpreter;

    await mkdir(cache, { recursive: true });
    return withLock(`${folder}.lock`, async () => {
        if (existsSync(complete)) return interpreter;
        const done = progress.step(`installing Python packages for ${name}`);
        const run = (command: readonly [string, ...string[]]) =>
            runCommand({ python: python.executable, command, environment: process.env });
        rmSync(folder, { recursive: true, force: true });
        await run([python.executable, "-m", "venv", folder]);
        for (const { file, isComplete } of requirements) {
            const flags = [
                "--quiet",
                "--disable-pip-version-check",
                "--no-input",
                ...(isComplete ? ["--no-deps"] : []),
            ];
            await run([interpreter, "-m", "pip", "install", ...flags, "-r", file]);
        }
        writeFileSync(complete, "");
        done();
        return interpreter;
    });
}
