import type { ModelInput } from "./tensor.ts";

/** What a warm-up request has in one input. */
export interface WarmupInput {
    /** A `file` lies in the model's folder `warmup`, row by row in the tensor's own type. */
    readonly data: "zero" | "random" | { readonly file: string };
    /** Shape without the batch dimension, nothing of it -1. @default - the input's own */
    readonly dims?: readonly number[];
}

/** A request that a model is warmed up with. */
export interface Warmup {
    readonly name: string;
    /** @default 1 */
    readonly batchSize?: number;
    /** How often it runs. @default 1 */
    readonly count?: number;
    /** Name of an input → what it has. @default - zeros in every input that is not optional */
    readonly inputs?: Readonly<Record<string, WarmupInput>>;
}

/** The warm-up with its defaults: something in every input that the model cannot run without, in a shape of its own. */
export function completeWarmup(
    { name, batchSize = 1, count = 1, inputs: given = {} }: Warmup,
    inputs: readonly ModelInput[],
) {
    const contents = inputs.flatMap((input) => {
        const content = given[input.name] ?? (input.optional === true ? undefined : { data: "zero" as const });
        return content === undefined ? [] : [[input.name, { dims: input.dims, ...content }] as const];
    });
    return { name, batchSize, count, inputs: Object.fromEntries(contents) as Readonly<Record<string, WarmupInput>> };
}
