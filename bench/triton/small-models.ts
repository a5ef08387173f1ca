import { cpSync } from "node:fs";
import { join } from "node:path";
import type { Ensemble } from "../../plans/triton/ensemble.ts";
import type { DynamicBatching, PythonModel } from "../../plans/triton/model.ts";
import type { Tensor } from "../../plans/triton/tensor.ts";

/** The largest batch. */
const BATCH = 16;
export const AFFINE_WIDTH = 16;
export const PIXELS = 64;

const tensor = (name: string, width: number): Tensor => ({ name, dataType: "TYPE_FP32", dims: [width] });

/** So many affine models in one. */
export const affineModel = (name: string, times: number): PythonModel => ({
    name,
    backend: "python",
    maxBatchSize: BATCH,
    inputs: [tensor("X", AFFINE_WIDTH)],
    outputs: [tensor("Y", AFFINE_WIDTH)],
    compute: { kind: "cpu" },
    parameters: { times: String(times) },
});

/** The digits model. @param dynamicBatching @default - none */
export const digitsModel = (name: string, dynamicBatching?: DynamicBatching): PythonModel => ({
    name,
    backend: "python",
    maxBatchSize: BATCH,
    inputs: [tensor("X", PIXELS)],
    outputs: [tensor("Y", 10)],
    compute: { kind: "cpu" },
    ...(dynamicBatching === undefined ? {} : { dynamicBatching }),
});

/** An ensemble of models in line, each of which makes Y of X. */
export function inLine(name: string, models: readonly PythonModel[]): Ensemble {
    const [first, last] = [models[0], models.at(-1)];
    const tensorAt = (place: number) => (place === 0 ? "X" : place === models.length ? "Y" : `after-${place}`);
    return {
        name,
        maxBatchSize: BATCH,
        inputs: first?.inputs ?? [],
        outputs: last?.outputs ?? [],
        steps: models.map((model, place) => ({
            modelName: model.name,
            inputMap: { X: tensorAt(place) },
            outputMap: { Y: tensorAt(place + 1) },
        })),
        models,
    };
}

/** Copies a model's files into the repository of each model that is made of them. */
export function copyModels(source: "affine" | "digits", baseFolder: string, { models }: Ensemble): void {
    for (const { name } of models) {
        cpSync(join(import.meta.dirname, source), join(baseFolder, "model", name, "1"), { recursive: true });
    }
}
