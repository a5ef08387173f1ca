import type { Ensemble } from "./ensemble.ts";
import { modelsByName, stepLabel } from "./flow.ts";

/**
 * A decoupled model answers any number of times, so what it makes meets only what comes of the same answers.
 * @param order the steps, each after those that feed it; every tensor must have its maker
 */
export function decoupledProblems(ensemble: Ensemble, order: readonly number[]): string[] {
    const { inputs, outputs, steps } = ensemble;
    const models = modelsByName(ensemble);
    const origins = new Map(inputs.map(({ name }) => [name, "the request"]));
    const problems: string[] = [];
    const meet = (what: string, tensors: readonly string[]): string => {
        const found = new Map(tensors.map((name) => [origins.get(name) ?? "the request", name]));
        if (found.size > 1) {
            const list = [...found].map(([origin, name]) => `"${name}" from ${origin}`).join(", ");
            problems.push(
                `${what}: tensors that do not come together: ${list}; accepted: all from one decoupled step, or none`,
            );
        }
        return origins.get(tensors[0] ?? "") ?? "the request";
    };
    for (const index of order) {
        const step = steps[index];
        if (step === undefined) continue;
        const label = stepLabel(step, index);
        const origin = meet(label, Object.values(step.inputMap));
        const decoupled = models.get(step.modelName)?.decoupled === true;
        for (const tensor of Object.values(step.outputMap)) origins.set(tensor, decoupled ? label : origin);
    }
    meet(
        "outputs of the ensemble",
        outputs.map(({ name }) => name),
    );
    return problems;
}
