import type { End } from "./flow.ts";

const labels = (ends: readonly End[]): string => ends.map(({ label }) => label).join(" and ");

const of = (ends: readonly End[], ...roles: readonly End["role"][]): End[] =>
    ends.filter(({ role }) => roles.includes(role));

const shape = ({ tensor, batched }: End): string =>
    `[${[...(batched ? [-1] : []), ...(tensor?.dims ?? [])].join(", ")}]`;

/** -1 on either side takes any size. */
const agree = (a: readonly number[], b: readonly number[]): boolean =>
    a.length === b.length && a.every((dim, index) => dim === b[index] || dim === -1 || b[index] === -1);

/** Triton compares the dims, and where they differ the full shapes: a model without batches may take the batch as its first dimension. */
const shapesAgree = (a: End, b: End): boolean => {
    const [left, right] = [a.tensor?.dims ?? [], b.tensor?.dims ?? []];
    return agree(left, right) || agree(a.batched ? [-1, ...left] : left, b.batched ? [-1, ...right] : right);
};

function consistencyProblems(ends: readonly End[]): string[] {
    const [first, ...others] = ends.filter(({ tensor }) => tensor !== undefined);
    if (first?.tensor === undefined) return [];
    const { dataType } = first.tensor;
    return others.flatMap((end) => {
        const other = end.tensor?.dataType;
        if (other !== undefined && other !== dataType) {
            return [`${end.label} has type ${other}, and ${first.label} ${dataType}; accepted: the same type`];
        }
        return shapesAgree(first, end)
            ? []
            : [
                  `${end.label} has shape ${shape(end)}, and ${first.label} ${shape(first)}, batch first where there is one; ` +
                      "accepted: the same shape, -1 for any size",
              ];
    });
}

/** Whether the tensor has its one maker, and somebody who uses it. */
function makerProblems(name: string, ends: readonly End[]): string[] {
    if (name === "") return [`${labels(ends)}: the tensor's name is empty; accepted: any text`];
    const requests = of(ends, "request");
    const makers = [...requests, ...of(ends, "made")];
    const users = of(ends, "answer", "read");
    if (makers.length > 1) return [`it is made twice, by ${labels(makers)}; accepted: one maker`];
    if (makers.length === 0) {
        return [
            `${labels(users)} needs it, and nobody makes it; accepted: an input of the ensemble, or what a step's outputMap names`,
        ];
    }
    if (requests.length > 0 && of(ends, "read").length === 0) {
        return ["nobody uses this input of the ensemble; accepted: an input that a step's inputMap names"];
    }
    return users.length > 0
        ? []
        : [
              `${labels(makers)} makes it, and nobody uses it; leave it out of outputMap, or make it an output of the ensemble`,
          ];
}

/** Every rule that tensors break on their way: who makes and who uses them, and whether types and shapes agree. */
export const flowProblems = (tensors: ReadonlyMap<string, readonly End[]>): string[] =>
    [...tensors].flatMap(([name, ends]) =>
        [...makerProblems(name, ends), ...consistencyProblems(ends)].map((problem) => `tensor "${name}": ${problem}`),
    );
