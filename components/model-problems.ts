import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { scanModels } from "../artifacts/models-folder.ts";
import { scanTree } from "../artifacts/scan-tree.ts";
import { buildProblems } from "../images/build-problems.ts";
import { type Step, stepProblems } from "../plans/step.ts";
import type { Ensemble } from "../plans/triton/ensemble.ts";
import { repositoryProblems } from "../plans/triton/repository-problems.ts";
import { isTriton } from "../plans/triton/triton-step.ts";
import { modelsProblems } from "./models-problems.ts";
import { repositoriesProblems } from "./repositories-problems.ts";

/** Everything that keeps these steps from becoming a model: in what they say, and in the folders and artifacts they name. */
export const modelProblems = (steps: readonly Step[]): string[] => [
    ...stepProblems(steps),
    ...steps.flatMap((step) => onDisk(step).map((problem) => `step "${step.name}": ${problem}`)),
];

const onDisk = (step: Step): string[] => [...buildProblems(step.image), ...artifactOnDisk(step)];

function artifactOnDisk(step: Step): string[] {
    const { name, artifact, triton } = step;
    if (artifact === undefined || "uri" in artifact) return [];
    if ("path" in artifact) return pathProblems(artifact.path, (path) => artifactProblems(path, triton));
    return pathProblems(artifact.models, (folder) => {
        const found = scanModels(folder);
        return [...modelsProblems(name, found), ...(isTriton(step) ? repositoriesProblems(found.models) : [])];
    });
}

function artifactProblems(path: string, ensemble: Ensemble | undefined): readonly string[] {
    const { problems, entries } = scanTree(path);
    if (ensemble === undefined || problems.length > 0) return problems;
    return repositoryProblems(
        ensemble,
        entries.filter(({ kind }) => kind === "file").map((entry) => entry.path),
    );
}

function pathProblems(path: string, problemsOf: (path: string) => readonly string[]): string[] {
    if (existsSync(path)) return problemsOf(path).map((problem) => `artifact "${path}": ${problem}`);
    const script = join(dirname(path), "train.py");
    return [`artifact "${path}" does not exist${existsSync(script) ? `; npm run train makes it with ${script}` : ""}`];
}
