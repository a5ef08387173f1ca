import type { Ensemble, EnsembleStep } from "./ensemble.ts";
import { modelsByName, stepLabel } from "./flow.ts";
import type { Model } from "./model.ts";
import type { Tensor } from "./tensor.ts";

const names = (tensors: readonly Tensor[]): string => tensors.map(({ name }) => name).join(", ");

const unknown = (map: Readonly<Record<string, string>>, tensors: readonly Tensor[]): string[] => {
    const known = new Set(tensors.map(({ name }) => name));
    return Object.keys(map).filter((name) => !known.has(name));
};

function mapProblems({ inputMap, outputMap }: EnsembleStep, model: Model, maxBatchSize: number): string[] {
    const { name, inputs, outputs } = model;
    const missing = inputs.filter((input) => input.optional !== true && !Object.hasOwn(inputMap, input.name));
    return [
        ...unknown(inputMap, inputs).map(
            (input) => `inputMap names "${input}", which is no input of "${name}"; accepted: ${names(inputs)}`,
        ),
        ...missing.map((input) => `nothing feeds input "${input.name}" of "${name}"; name it in inputMap`),
        ...unknown(outputMap, outputs).map(
            (output) => `outputMap names "${output}", which is no output of "${name}"; accepted: ${names(outputs)}`,
        ),
        ...(model.maxBatchSize === 0 || model.maxBatchSize >= maxBatchSize
            ? []
            : [
                  `maxBatchSize ${model.maxBatchSize} of "${name}" is below the ensemble's ${maxBatchSize}; ` +
                      `accepted: 0, or ${maxBatchSize} and more`,
              ]),
    ];
}

/** Every rule that the steps break, each by itself. */
export function stepProblems(ensemble: Ensemble): string[] {
    const models = modelsByName(ensemble);
    return ensemble.steps.flatMap((step, index) => {
        const model = models.get(step.modelName);
        const empty = (["inputMap", "outputMap"] as const)
            .filter((key) => Object.keys(step[key]).length === 0)
            .map((key) => `${key} is empty; accepted: one tensor or more`);
        const accepted = [...models.keys()].join(", ");
        const problems =
            model === undefined
                ? [`there is no model "${step.modelName}"; accepted: ${accepted}`]
                : mapProblems(step, model, ensemble.maxBatchSize);
        return [...empty, ...problems].map((problem) => `${stepLabel(step, index)}: ${problem}`);
    });
}
