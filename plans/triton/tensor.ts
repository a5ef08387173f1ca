/** Types of a tensor's elements, as config.pbtxt names them. */
export const DATA_TYPES = [
    "TYPE_BOOL",
    "TYPE_UINT8",
    "TYPE_UINT16",
    "TYPE_UINT32",
    "TYPE_UINT64",
    "TYPE_INT8",
    "TYPE_INT16",
    "TYPE_INT32",
    "TYPE_INT64",
    "TYPE_FP16",
    "TYPE_FP32",
    "TYPE_FP64",
    "TYPE_STRING",
    "TYPE_BF16",
] as const;

export type DataType = (typeof DATA_TYPES)[number];

/** What goes into a model or an ensemble, or comes out of it. */
export interface Tensor {
    readonly name: string;
    readonly dataType: DataType;
    /** Shape without the batch dimension; -1 is any size. */
    readonly dims: readonly number[];
}

/** A tensor of a model, which may know it by another shape. */
export interface ModelTensor extends Tensor {
    /** Shape that the model itself has for it, of as many elements as `dims`; `[]`: it takes none beside the batch. @default - `dims` */
    readonly reshape?: readonly number[];
}

/** An input of a model. */
export interface ModelInput extends ModelTensor {
    /** The model runs without it, so a step may leave it out. @default false */
    readonly optional?: boolean;
}
