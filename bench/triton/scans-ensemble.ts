import type { Ensemble } from "../../plans/triton/ensemble.ts";
import type { Compute, DynamicBatching, PythonModel } from "../../plans/triton/model.ts";
import type { Tensor } from "../../plans/triton/tensor.ts";

const BATCH = 8;
const cpu: Compute = { kind: "cpu" };

const text = (name: string, ...dims: readonly number[]): Tensor => ({ name, dataType: "TYPE_STRING", dims });
const numbers = (name: string, ...dims: readonly number[]): Tensor => ({ name, dataType: "TYPE_FP32", dims });

const model = (name: string, inputs: readonly Tensor[], outputs: readonly Tensor[]): PythonModel => ({
    name,
    backend: "python",
    maxBatchSize: BATCH,
    inputs,
    outputs,
    compute: cpu,
});

const READ = [
    text("LINES", -1),
    { name: "BOXES", dataType: "TYPE_INT32", dims: [-1, 4, 2] } as const,
    numbers("SCORES", -1),
];
const FOUND = [text("THEME", 1), numbers("WEIGHT", 1), text("WORDS", 5), text("TEXT", 1), text("REFUSED", 1)];
const FIGURES = numbers("FIGURES", 7);

const QUALITY = model("quality", [text("IMAGE", 1)], [text("PAGE", 1), text("REFUSED", 1), FIGURES]);
const TOPICS = model("topics", [text("LINES", -1), text("REFUSAL", 1)], FOUND);

/** How the recognition model runs. */
export interface Recognition {
    readonly instances?: number;
    readonly dynamicBatching?: DynamicBatching;
}

const recognition = ({ instances = 1, dynamicBatching }: Recognition): PythonModel => ({
    ...model("recognition", [text("PAGE", 1)], READ),
    compute: { kind: "cpu", count: instances },
    ...(dynamicBatching === undefined ? {} : { dynamicBatching }),
});

/** The tensors by the names that they go by. */
const same = (tensors: readonly Tensor[]) => Object.fromEntries(tensors.map(({ name }) => [name, name]));

/** The scans' models in one Triton, as models/scans/triton describes their tensors. */
export const scansEnsemble = (name: string, how: Recognition = {}): Ensemble => ({
    name,
    maxBatchSize: BATCH,
    inputs: QUALITY.inputs,
    outputs: [...FOUND, FIGURES, ...READ],
    steps: [
        {
            modelName: "quality",
            inputMap: { IMAGE: "IMAGE" },
            outputMap: { PAGE: "PAGE", REFUSED: "REFUSAL", FIGURES: "FIGURES" },
        },
        { modelName: "recognition", inputMap: { PAGE: "PAGE" }, outputMap: same(READ) },
        { modelName: "topics", inputMap: { LINES: "LINES", REFUSAL: "REFUSAL" }, outputMap: same(FOUND) },
    ],
    models: [QUALITY, recognition(how), TOPICS],
});
