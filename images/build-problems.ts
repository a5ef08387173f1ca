import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { StepSource } from "../plans/image-source.ts";

/** What an image that is built lacks on disk; empty for other sources. */
export function buildProblems(source: StepSource): string[] {
    if (!("build" in source)) return [];
    const { folder } = source.build;
    if (!existsSync(folder)) return [`container folder "${folder}" does not exist`];
    if (!statSync(folder).isDirectory())
        return [`container folder "${folder}" is a file; accepted: a folder with a Dockerfile`];
    return existsSync(join(folder, "Dockerfile")) ? [] : [`container folder "${folder}" has no Dockerfile`];
}
