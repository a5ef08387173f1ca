/** The value below which a share of the values lies, `q` from 0 to 1. */
export const quantile = (values: readonly number[], q: number): number =>
    values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN;

export const median = (values: readonly number[]): number => quantile(values, 0.5);
