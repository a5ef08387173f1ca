/** What a warm-up request has in one input. */
export interface WarmupInput {
    /** A `file` lies in the model's folder `warmup`, row by row in the tensor's own type. */
    readonly data: "zero" | "random" | { readonly file: string };
    /** Shape without the batch dimension, nothing of it -1. @default - the input's, where that is fixed */
    readonly dims?: readonly number[];
}

/** A request that a model is warmed up with. */
export interface Warmup {
    readonly name: string;
    /** @default 1 */
    readonly batchSize?: number;
    /** How often it runs. @default 1 */
    readonly count?: number;
    /** Name of an input → what it has. @default - zeros, in the input's shape */
    readonly inputs?: Readonly<Record<string, WarmupInput>>;
}
