/** How many `large` a size is; undefined for one of another kind, such as `metal`. */
export function inLarge(size: string): number | undefined {
    if (size === "medium") return 0.5;
    if (size === "large") return 1;
    const [, count] = /^(\d*)xlarge$/.exec(size) ?? [];
    return count === undefined ? undefined : 2 * Number(count === "" ? 1 : count);
}
