import type { Ensemble } from "./ensemble.ts";
import { stepLabel } from "./flow.ts";
import { oneProcessProblems } from "./one-process.ts";

/** What processes of their own cost models that could share one, where nobody has decided. */
function processAdvice(ensemble: Ensemble): string[] {
    const { models, oneProcess } = ensemble;
    const isOpen = oneProcess === undefined && models.length > 1;
    if (!isOpen || oneProcessProblems({ ...ensemble, oneProcess: true }).length > 0) return [];
    return [
        `all ${models.length} models are Python models that run alike, and each has a process, which costs a request some 0.15 ms a step: ` +
            "models of less than a millisecond are better off with oneProcess: true; with oneProcess: false nothing is said of it",
    ];
}

/**
 * What Triton takes and some requests then fail on. Of a request that asks for a part of the outputs Triton leaves out the steps that
 * none of them comes from; it takes a step for one where all that the step makes are outputs, even if another step needs one of them,
 * and answers "unexpected deadlock". Seen with Triton 2.51.
 * @see https://github.com/triton-inference-server/server/issues/7482
 */
function requestAdvice({ outputs, steps }: Ensemble): string[] {
    const answered = new Set(outputs.map(({ name }) => name));
    return steps.flatMap((step, index) => {
        const made = Object.values(step.outputMap);
        const read = made.filter((tensor) => steps.some(({ inputMap }) => Object.values(inputMap).includes(tensor)));
        if (read.length === 0 || !made.every((tensor) => answered.has(tensor))) return [];
        const all = made.map((tensor) => `"${tensor}"`).join(", ");
        const needed = read.map((tensor) => `"${tensor}"`).join(", ");
        return [
            `${stepLabel(step, index)} makes nothing but outputs of the ensemble, and other steps need ${needed}: Triton fails requests ` +
                `that ask for some outputs and for none of ${all} ("unexpected deadlock"); have a later step hand ${needed} on`,
        ];
    });
}

/** What the ensemble could have better, or should know of. */
export const tritonAdvice = (ensemble: Ensemble): string[] =>
    ensemble.oneProcess === true ? [] : [...requestAdvice(ensemble), ...processAdvice(ensemble)]; // of one process Triton sees no steps
