/** The values that are there more than once, each once. */
export const repeated = (values: readonly string[]): string[] => [
    ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];
