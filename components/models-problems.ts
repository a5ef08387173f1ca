import type { ModelsFolder } from "../artifacts/models-folder.ts";
import { scanTree } from "../artifacts/scan-tree.ts";
import { keyProblems, modelsPrefix } from "../plans/artifact.ts";

/** Everything that keeps a folder from being the models of a step, without reading what is in them. */
export function modelsProblems(step: string, { models, problems }: ModelsFolder): string[] {
    return [
        ...problems,
        ...keyProblems(
            modelsPrefix(step),
            models.map(({ key }) => key),
        ),
        ...models.flatMap(({ key, path }) => scanTree(path).problems.map((problem) => `model "${key}": ${problem}`)),
    ];
}
