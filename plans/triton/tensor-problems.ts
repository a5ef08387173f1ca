import type { ModelTensor, Tensor } from "./tensor.ts";

const isDim = (dim: number): boolean => dim === -1 || (Number.isInteger(dim) && dim >= 1);

const shape = (dims: readonly number[]): string => `[${dims.join(", ")}]`;

/** Elements between the dimensions of any size: a reshape keeps each of these numbers. */
const runs = (dims: readonly number[]): string =>
    dims
        .join()
        .split("-1")
        .map((run) => run.split(",").reduce((product, dim) => (dim === "" ? product : product * Number(dim)), 1))
        .join(" and ");

function reshapeProblems({ dims, reshape }: ModelTensor, maxBatchSize: number): string[] {
    if (reshape === undefined) return [];
    if (!reshape.every(isDim)) {
        return [`reshape ${shape(reshape)}; accepted: whole numbers from 1, or -1 for any size`];
    }
    if (reshape.length === 0 && maxBatchSize === 0) {
        return ["reshape [] leaves nothing of a tensor that has no batch dimension; accepted: one dimension or more"];
    }
    return runs(reshape) === runs(dims)
        ? []
        : [
              `reshape ${shape(reshape)} has other elements than dims ${shape(dims)}; accepted: as many, in as many parts`,
          ];
}

/** Every rule that tensors of one list break by themselves. @param kind such as `input` */
export function tensorProblems(tensors: readonly ModelTensor[], kind: string, maxBatchSize: number): string[] {
    const problems = tensors.flatMap((tensor) => {
        const dims =
            tensor.dims.length > 0 && tensor.dims.every(isDim)
                ? reshapeProblems(tensor, maxBatchSize)
                : [`dims ${shape(tensor.dims)}; accepted: one or more whole numbers from 1, or -1 for any size`];
        const name = tensor.name === "" ? ["the name is empty; accepted: any text"] : [];
        return [...name, ...dims].map((problem) => `${kind} "${tensor.name}": ${problem}`);
    });
    return [...problems, ...repeated(tensors).map((name) => `${kind} "${name}" is described twice; names are unique`)];
}

/** The tensors without those whose name stands before them: Triton reads the first of a name. */
export function firstOfEach<Item extends Pick<Tensor, "name">>(tensors: readonly Item[]): Item[] {
    const seen = new Set<string>();
    return tensors.filter(({ name }) => !seen.has(name) && seen.add(name));
}

/** Names that several have. */
export function repeated(named: readonly Pick<Tensor, "name">[]): string[] {
    const once = new Set<string>();
    const twice = new Set<string>();
    for (const { name } of named) (once.has(name) ? twice : once).add(name);
    return [...twice];
}
