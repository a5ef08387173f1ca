import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { planBuild } from "../plans/image.ts";
import type { Step } from "../plans/step.ts";
import { containerPython } from "./launcher/process-launcher.ts";
import type { Python } from "./launcher/python.ts";
import type { Progress } from "./progress.ts";

export interface PrepareOptions {
    readonly python: Python;
    /** Folder of virtual environments. */
    readonly cache: string;
    readonly progress: Progress;
    /** Trains again what is there already. @default false */
    readonly force?: boolean;
}

/** Runs a training script; what it prints is shown as it comes. */
async function train(interpreter: string, script: string, output: string, progress: Progress): Promise<void> {
    const child = spawn(interpreter, [script, output], { stdio: ["ignore", "pipe", "pipe"] });
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on("line", (line) => {
            lines.push(line);
            progress.log(script, line);
        });
    }
    const code = await new Promise<number | null>((resolve, reject) =>
        child.once("error", reject).once("close", resolve),
    );
    if (code !== 0)
        throw new Error(`${script} failed with exit code ${String(code)}: ${lines.at(-1) ?? "it printed nothing"}`);
}

/**
 * Trains the sample models whose artifacts are missing: where a step's artifact has a `train.py` beside it, that script makes it, in
 * the environment of the step's own container, so that what is trained and what serves have the same versions.
 * @returns how many were trained
 */
export async function prepareArtifacts(steps: readonly Step[], options: PrepareOptions): Promise<number> {
    let trained = 0;
    for (const { name, image, artifact, server } of steps) {
        if (artifact === undefined || !("path" in artifact) || !("build" in image)) continue;
        const script = join(dirname(artifact.path), "train.py");
        if (!existsSync(script) || (existsSync(artifact.path) && !(options.force ?? false))) continue;
        const built = planBuild(image, server);
        const container = {
            hostname: name,
            image: {
                kind: "built" as const,
                context: built.context.location,
                dockerfile: built.dockerfile.location,
                target: built.target,
            },
        };
        const interpreter = await containerPython(container, options.python, options.cache, options.progress);
        const done = options.progress.step(`training ${artifact.path}`);
        await train(interpreter, script, artifact.path, options.progress);
        done();
        trained++;
    }
    return trained;
}
