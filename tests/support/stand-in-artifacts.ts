import { parseSettings } from "../../config/schema.ts";
import { readStackConfig } from "../../local/stack/stack-file.ts";
import type { Step } from "../../plans/step.ts";

/** The files that an artifact needs at least. */
function filesOf({ artifact, triton }: Step): string[] {
    if (artifact === undefined || "uri" in artifact) return [];
    if ("models" in artifact) return [`${artifact.models}/first/model`];
    if (triton !== undefined) return triton.models.map(({ name }) => `${artifact.path}/${name}/1/model.py`);
    return [`${artifact.path}/model`];
}

/** Content by path of a file in the place of each artifact that a stack of this repository names, where nothing is served. */
export function standInArtifacts(stack: string): Record<string, string> {
    const { values, file } = readStackConfig(".", stack, {});
    const files = parseSettings(values, file).steps.flatMap(filesOf);
    return Object.fromEntries(files.map((path) => [path, `weights in ${path}`]));
}
