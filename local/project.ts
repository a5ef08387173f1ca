import { dirname, join } from "node:path";
import { parseSettings } from "../config/schema.ts";
import type { Settings } from "../plans/settings.ts";
import { prepareArtifacts } from "./prepare-artifacts.ts";
import { findPython, type Python } from "./launcher/python.ts";
import type { Progress } from "./progress.ts";
import { readStackConfig, type StackConfig } from "./stack/stack-file.ts";

/** The project's root, and its folder for what can be made again. */
export const root = dirname(import.meta.dirname);
export const cache = join(root, ".cache");
/** Where virtual environments are kept. */
export const environments = join(cache, "python");

export interface Stack {
    readonly config: StackConfig;
    readonly settings: Settings;
    readonly python: Python;
}

/**
 * Reads a stack and makes what it needs on disk: the artifacts of sample models are trained where they are missing.
 * @throws {PlanError} with every problem of the stack file
 */
export async function prepareStack(name: string, progress: Progress, force = false): Promise<Stack> {
    const config = readStackConfig(root, name, process.env);
    const settings = parseSettings(config.values, config.file, config.encrypted);
    for (const { path, variable } of config.placeholders) {
        progress.warn(
            `${path} is encrypted and cannot be read offline: a placeholder stands for it; set ${variable} to give its value`,
        );
    }
    const python = findPython();
    await prepareArtifacts(settings.steps, { python, cache: environments, progress, force });
    return { config, settings, python };
}
