import type { Compute, Model, PythonModel } from "../../../plans/triton/model.ts";
import type { DataType, ModelInput } from "../../../plans/triton/tensor.ts";

const CPU: Compute = { kind: "cpu" };

/** A Python model whose tensors are given by type and dims: inputs IN0, IN1, …, outputs OUT0, OUT1, …. */
export function pythonModel(
    name: string,
    inputs: readonly (readonly [DataType, readonly number[], { readonly optional?: boolean }?])[],
    outputs: readonly (readonly [DataType, readonly number[]])[],
    other: Partial<PythonModel> = {},
): PythonModel {
    return {
        name,
        backend: "python",
        maxBatchSize: 0,
        inputs: inputs.map(([dataType, dims, rest], index): ModelInput => ({
            name: `IN${index}`,
            dataType,
            dims,
            ...rest,
        })),
        outputs: outputs.map(([dataType, dims], index) => ({ name: `OUT${index}`, dataType, dims })),
        compute: CPU,
        ...other,
    };
}

/** Models that differ in all that matters between steps: types, shapes, batches, optional inputs, decoupled answers. */
export const PALETTE: readonly Model[] = [
    pythonModel("any", [["TYPE_FP32", [-1]]], [["TYPE_FP32", [-1]]]),
    pythonModel("four", [["TYPE_FP32", [4]]], [["TYPE_FP32", [4]]], { maxBatchSize: 8 }),
    pythonModel(
        "join",
        [
            ["TYPE_FP32", [-1]],
            ["TYPE_FP32", [-1]],
        ],
        [["TYPE_FP32", [-1]]],
    ),
    pythonModel(
        "split",
        [["TYPE_FP32", [4]]],
        [
            ["TYPE_FP32", [4]],
            ["TYPE_INT64", [2, 2]],
        ],
        { maxBatchSize: 16 },
    ),
    pythonModel("whole", [["TYPE_INT64", [2, -1]]], [["TYPE_STRING", [-1]]], { maxBatchSize: 8, dynamicBatching: {} }),
    pythonModel("read", [["TYPE_STRING", [-1]]], [["TYPE_FP32", [-1, 4]]], { modelWarmup: [] }),
    pythonModel(
        "table",
        [
            ["TYPE_FP32", [-1, 4]],
            ["TYPE_BOOL", [1], { optional: true }],
        ],
        [["TYPE_FP32", [4]]],
    ),
    pythonModel(
        "stream",
        [["TYPE_FP32", [-1]]],
        [
            ["TYPE_FP32", [-1]],
            ["TYPE_STRING", [-1]],
        ],
        { decoupled: true },
    ),
];
