/** Whether a text is one of the patterns, in which * stands for any text. */
export const matchesAny = (patterns: readonly string[], text: string): boolean =>
    patterns.some((pattern) => glob(pattern).test(text));

const glob = (pattern: string): RegExp => new RegExp(`^${pattern.split(/\*+/).map(escape).join(".*")}$`, "s");

const escape = (text: string): string => text.replace(/[\\^$.|?+()[\]{}]/g, "\\$&");
