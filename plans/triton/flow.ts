import type { Ensemble, EnsembleStep } from "./ensemble.ts";
import type { Model } from "./model.ts";
import { firstOfEach } from "./tensor-problems.ts";
import type { Tensor } from "./tensor.ts";

/** One end of an ensemble tensor. */
export interface End {
    /** `request` and `made` bring the tensor into being, `answer` and `read` use it. */
    readonly role: "request" | "answer" | "read" | "made";
    /** How messages call it, such as `step 2 "recognition" output "TEXT"`. */
    readonly label: string;
    /** Index of the step; the ensemble's own ends have none. */
    readonly step?: number;
    /** What stands at this end, where it is known, and whether a batch dimension comes before its dims. */
    readonly tensor?: Tensor;
    readonly batched: boolean;
}

/** How messages call a step. */
export const stepLabel = ({ modelName }: EnsembleStep, index: number): string => `step ${index + 1} "${modelName}"`;

/** Models by name; of several with one name the first. */
export const modelsByName = ({ models }: Ensemble): ReadonlyMap<string, Model> =>
    new Map([...models].reverse().map((model) => [model.name, model]));

/** The entries of a step's map in the order of the model's tensors; what the model does not have comes last. */
function mapped(map: Readonly<Record<string, string>>, tensors: readonly Tensor[]) {
    const known = tensors.filter(({ name }) => Object.hasOwn(map, name));
    const names = new Set(known.map(({ name }) => name));
    return [
        ...known.map((tensor) => ({ name: tensor.name, to: map[tensor.name] ?? "", tensor })),
        ...Object.entries(map)
            .filter(([name]) => !names.has(name))
            .map(([name, to]) => ({ name, to, tensor: undefined })),
    ];
}

/**
 * Every tensor of the ensemble by name, with its ends in the order in which Triton meets them: the ensemble's inputs, its outputs, then
 * the steps as they are listed, inputs first. The first end that says a type and a shape is what Triton compares the others with.
 */
export function tensorEnds(ensemble: Ensemble): ReadonlyMap<string, readonly End[]> {
    const ends = new Map<string, End[]>();
    const add = (name: string, end: End) => {
        const known = ends.get(name);
        if (known === undefined) ends.set(name, [end]);
        else known.push(end);
    };
    const batched = ensemble.maxBatchSize > 0;
    for (const tensor of firstOfEach(ensemble.inputs)) {
        add(tensor.name, { role: "request", label: `input "${tensor.name}" of the ensemble`, tensor, batched });
    }
    for (const tensor of firstOfEach(ensemble.outputs)) {
        add(tensor.name, { role: "answer", label: `output "${tensor.name}" of the ensemble`, tensor, batched });
    }
    const models = modelsByName(ensemble);
    for (const [step, { modelName, inputMap, outputMap }] of ensemble.steps.entries()) {
        const model = models.get(modelName);
        const label = stepLabel({ modelName, inputMap, outputMap }, step);
        for (const [role, kind, map, tensors] of [
            ["read", "input", inputMap, model?.inputs ?? []],
            ["made", "output", outputMap, model?.outputs ?? []],
        ] as const) {
            for (const { name, to, tensor } of mapped(map, tensors)) {
                add(to, {
                    role,
                    label: `${label} ${kind} "${name}"`,
                    step,
                    batched: (model?.maxBatchSize ?? 0) > 0,
                    ...(tensor === undefined ? {} : { tensor }),
                });
            }
        }
    }
    return ends;
}
