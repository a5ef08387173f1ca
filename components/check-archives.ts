import { limiter } from "../artifacts/limiter.ts";
import { scanModels } from "../artifacts/models-folder.ts";
import { packTree } from "../artifacts/pack-tree.ts";
import { scanTree } from "../artifacts/scan-tree.ts";
import { PlanError, refuse } from "../plans/plan-error.ts";
import type { Step } from "../plans/step.ts";
import { cacheFolder } from "./model-artifact.ts";

/** Archives read at a time: as many as Node's thread pool unpacks. */
const CONCURRENCY = 4;

/** What may be an archive, and how a problem names it. */
interface Candidate {
    readonly path: string;
    readonly named: string;
}

function candidates({ name, artifact }: Step): readonly Candidate[] {
    if (artifact === undefined || "uri" in artifact) return [];
    if ("path" in artifact) return [{ path: artifact.path, named: `step "${name}": artifact "${artifact.path}"` }];
    return scanModels(artifact.models).models.map(({ key, path }) => ({
        path,
        named: `step "${name}": artifact "${artifact.models}": model "${key}"`,
    }));
}

/** What is wrong inside an archive; the problems of everything else show without reading it. */
async function archiveProblems({ path, named }: Candidate): Promise<readonly string[]> {
    if (!path.endsWith(".tar.gz")) return [];
    const tree = scanTree(path);
    if (tree.form !== "archive" || tree.problems.length > 0) return [];
    try {
        await packTree(tree, { cacheFolder });
        return [];
    } catch (error) {
        if (!(error instanceof PlanError)) throw error;
        return error.problems.map((problem) => `${named}: ${problem}`);
    }
}

/**
 * Reads through the archives that steps name as artifacts or hold as models, so that a damaged one is refused before anything is
 * registered.
 * @throws {PlanError} with the problems of all of them
 */
export async function checkArchives(steps: readonly Step[]): Promise<void> {
    const inTurn = limiter(CONCURRENCY);
    const checked = steps.flatMap(candidates).map((candidate) => inTurn(() => archiveProblems(candidate)));
    refuse("the model", (await Promise.all(checked)).flat());
}
