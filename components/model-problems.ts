import { scanTree } from "../artifacts/scan-tree.ts";
import { buildProblems } from "../images/build-problems.ts";
import { type Step, stepProblems } from "../plans/step.ts";

/** Everything that keeps these steps from becoming a model: in what they say, and in the folders and artifacts they name. */
export const modelProblems = (steps: readonly Step[]): string[] => [
    ...stepProblems(steps),
    ...steps.flatMap((step) => onDisk(step).map((problem) => `step "${step.name}": ${problem}`)),
];

function onDisk({ image, artifact }: Step): string[] {
    const data = artifact !== undefined && "path" in artifact ? scanTree(artifact.path).problems : [];
    return [...buildProblems(image), ...data];
}
