import { decoupledProblems } from "./decoupled-problems.ts";
import type { Ensemble } from "./ensemble.ts";
import { flowProblems } from "./flow-problems.ts";
import { stepLabel, tensorEnds } from "./flow.ts";
import { modelProblems, MOST, nameProblems } from "./model-problems.ts";
import { oneProcessProblems } from "./one-process.ts";
import { type Cycle, orderSteps } from "./order.ts";
import { stepProblems } from "./step-problems.ts";
import { repeated, tensorProblems } from "./tensor-problems.ts";

function ownProblems({ name, maxBatchSize, inputs, outputs, steps }: Ensemble): string[] {
    const lists = { inputs, outputs, steps };
    const empty = Object.entries(lists).flatMap(([key, { length }]) =>
        length > 0 ? [] : [`${key} is empty; accepted: one or more`],
    );
    return [
        ...nameProblems(name),
        ...(Number.isInteger(maxBatchSize) && maxBatchSize >= 0 && maxBatchSize <= MOST
            ? []
            : [`maxBatchSize ${maxBatchSize}; accepted: a whole number from 0 to ${MOST}`]),
        ...empty,
        ...tensorProblems(inputs, "input", maxBatchSize),
        ...tensorProblems(outputs, "output", maxBatchSize),
    ].map((problem) => `ensemble "${name}": ${problem}`);
}

function nameUseProblems({ name, models, steps }: Ensemble): string[] {
    const used = new Set(steps.map(({ modelName }) => modelName));
    return [
        ...repeated([{ name }, ...models]).map(
            (twice) => `the name "${twice}" is used twice; models and the ensemble have names of their own`,
        ),
        ...models
            .filter((model) => !used.has(model.name))
            .map((model) => `model "${model.name}": no step runs it, so Triton would not load it; leave it out`),
    ];
}

function cycleProblem({ steps }: Ensemble, cycle: Cycle): string {
    const label = (index: number) => {
        const step = steps[index];
        return step === undefined ? "" : stepLabel(step, index);
    };
    const way = cycle.map(({ step, tensor }) => `${label(step)} → "${tensor}" → `).join("");
    return `steps wait for each other: ${way}${label(cycle[0]?.step ?? 0)}; accepted: steps that feed none before them`;
}

/**
 * Every rule of Triton's that the ensemble breaks, by model, step and tensor, and a few of our own about what Triton takes and then
 * leaves unused; empty when Triton loads it. What depends on the instance type is in {@link instanceProblems}, what depends on files in
 * {@link modelFolderProblems}.
 */
export function tritonProblems(ensemble: Ensemble): string[] {
    const tensors = tensorEnds(ensemble);
    const { order, cycles } = orderSteps(tensors, ensemble.steps.length);
    const flow = [
        ...stepProblems(ensemble),
        ...flowProblems(tensors),
        ...cycles.map((cycle) => cycleProblem(ensemble, cycle)),
    ];
    return [
        ...ownProblems(ensemble),
        ...nameUseProblems(ensemble),
        ...ensemble.models.flatMap(modelProblems),
        ...oneProcessProblems(ensemble),
        ...flow,
        ...(flow.length === 0 ? decoupledProblems(ensemble, order) : []),
    ];
}
