import type { Ensemble } from "./ensemble.ts";
import { modelFolderProblems } from "./model-folder-problems.ts";

/**
 * What a folder lacks to become the ensemble's model repository, or has too much.
 * @param paths every file of the folder, relative to it, such as `quality/1/model.py`
 */
export function repositoryProblems({ name, models }: Ensemble, paths: readonly string[]): string[] {
    const below = (folder: string) =>
        paths.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
    const known = new Set(models.map((model) => model.name));
    const found = [...new Set(paths.map((path) => path.split("/")[0] ?? ""))].filter((top) => !known.has(top));
    return [
        ...models.flatMap((model) => modelFolderProblems(model, below(model.name))),
        ...found
            .filter((top) => top !== name)
            .map((top) => `"${top}" belongs to no model of the ensemble; accepted: ${[...known].join(", ")}`),
        ...(found.includes(name) ? [`folder "${name}" is the ensemble's own, which is generated; leave it out`] : []),
    ];
}
