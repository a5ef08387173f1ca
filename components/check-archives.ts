import { packTree } from "../artifacts/pack-tree.ts";
import { scanTree } from "../artifacts/scan-tree.ts";
import { PlanError, refuse } from "../plans/plan-error.ts";
import type { Step } from "../plans/step.ts";
import { cacheFolder } from "./model-artifact.ts";

/** What is wrong inside the archive that a step names as its artifact; the other artifacts' problems show without reading them. */
async function archiveProblems({ name, artifact }: Step): Promise<readonly string[]> {
    if (artifact === undefined || !("path" in artifact)) return [];
    const tree = scanTree(artifact.path);
    if (tree.form !== "archive" || tree.problems.length > 0) return [];
    try {
        await packTree(tree, { cacheFolder });
        return [];
    } catch (error) {
        if (!(error instanceof PlanError)) throw error;
        return error.problems.map((problem) => `step "${name}": artifact "${artifact.path}": ${problem}`);
    }
}

/**
 * Reads through the archives that steps name as artifacts, so that a damaged one is refused before anything is registered.
 * @throws {PlanError} with the problems of all of them
 */
export async function checkArchives(steps: readonly Step[]): Promise<void> {
    refuse("the model", (await Promise.all(steps.map(archiveProblems))).flat());
}
