import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { StepSource } from "../plans/image-source.ts";
import { builtFolder } from "../plans/image.ts";

/** What an image that is built, here or in the place of one of AWS's, lacks on disk; empty for other sources. */
export function buildProblems(source: StepSource): string[] {
    const folder = builtFolder(source);
    if (folder === undefined) return [];
    if (!existsSync(folder)) return [`container folder "${folder}" does not exist`];
    if (!statSync(folder).isDirectory())
        return [`container folder "${folder}" is a file; accepted: a folder with a Dockerfile`];
    return existsSync(join(folder, "Dockerfile")) ? [] : [`container folder "${folder}" has no Dockerfile`];
}
