import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { builtFolder, planBuild } from "../plans/image.ts";
import { type ArtifactSource, type Step, stepServer } from "../plans/step.ts";
import { containerPython } from "./launcher/process-launcher.ts";
import type { Python } from "./launcher/python.ts";
import { runCommand } from "./launcher/run-command.ts";
import type { Progress } from "./progress.ts";

export interface PrepareOptions {
    readonly python: Python;
    /** Folder of virtual environments. */
    readonly cache: string;
    readonly progress: Progress;
    /** Trains again what is there already. @default false */
    readonly force?: boolean;
}

/** Where an artifact, or a folder of them, lies on this machine; undefined where it is in S3 or there is none. */
export function localPath(artifact: ArtifactSource | undefined): string | undefined {
    if (artifact === undefined || "uri" in artifact) return undefined;
    return "models" in artifact ? artifact.models : artifact.path;
}

/** The interpreter of the environment that a step's container runs in; undefined where it is not built from a folder here. */
export async function stepPython(step: Step, { python, cache, progress }: PrepareOptions): Promise<string | undefined> {
    const { name, image } = step;
    const server = stepServer(step);
    const folder = builtFolder(image);
    if (folder === undefined) return undefined;
    const built = planBuild({ build: { folder } }, server);
    const container = {
        hostname: name,
        image: {
            kind: "built" as const,
            context: built.context.location,
            dockerfile: built.dockerfile.location,
            target: built.target,
        },
    };
    return containerPython(container, python, cache, progress);
}

/**
 * Trains the sample models whose artifacts are missing: where a step's artifact, or its folder of models, has a `train.py` beside it,
 * that script makes it, in the environment of the step's own container, so that what is trained and what serves have the same versions.
 * @returns how many were trained
 */
export async function prepareArtifacts(steps: readonly Step[], options: PrepareOptions): Promise<number> {
    let trained = 0;
    for (const step of steps) {
        const path = localPath(step.artifact);
        if (path === undefined) continue;
        const script = join(dirname(path), "train.py");
        if (!existsSync(script) || (existsSync(path) && !(options.force ?? false))) continue;
        const interpreter = await stepPython(step, options);
        if (interpreter === undefined) continue;
        const done = options.progress.step(`training ${path}`);
        const command = [interpreter, script, path] as const;
        await runCommand({ python: options.python.executable, command, environment: process.env }, (line) => {
            options.progress.log(script, line);
        });
        done();
        trained++;
    }
    return trained;
}
