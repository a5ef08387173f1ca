/** Numbers are equal up to this share: models trained on another machine differ in the last digits. */
const TOLERANCE = 1e-3;

const shown = (value: unknown): string => {
    const text = JSON.stringify(value) as string | undefined;
    if (text === undefined) return "nothing";
    return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

/** The items by their `name`, where each has one of its own. */
function byName(items: readonly unknown[]): ReadonlyMap<string, unknown> | undefined {
    const names = items.flatMap((item) => (isMapping(item) && typeof item["name"] === "string" ? [item["name"]] : []));
    return new Set(names).size === items.length ? new Map(names.map((name, index) => [name, items[index]])) : undefined;
}

/**
 * Where an answer is not what was expected, with the path of each place. Of mappings the expected keys alone are looked at; lists must be
 * of one length, and are compared by place, or where all items have names, as Triton's outputs do, by name; numbers may differ by 0.1 %.
 */
function differences(expected: unknown, actual: unknown, path = ""): string[] {
    const here = path === "" ? "the answer" : path;
    if (Array.isArray(expected) && Array.isArray(actual)) {
        if (expected.length !== actual.length)
            return [`${here}: expected ${expected.length} items, got ${actual.length}`];
        const [wanted, found] = [byName(expected), byName(actual)];
        if (wanted !== undefined && found !== undefined)
            return [...wanted].flatMap(([name, item]) => differences(item, found.get(name), `${path}["${name}"]`));
        return expected.flatMap((item: unknown, index) => differences(item, actual[index], `${path}[${index}]`));
    }
    if (isMapping(expected) && isMapping(actual)) {
        return Object.entries(expected).flatMap(([key, value]) =>
            differences(value, actual[key], path === "" ? key : `${path}.${key}`),
        );
    }
    if (typeof expected === "number" && typeof actual === "number") {
        if (Math.abs(expected - actual) <= TOLERANCE * Math.abs(expected)) return [];
    } else if (expected === actual) {
        return [];
    }
    return [`${here}: expected ${shown(expected)}, got ${shown(actual)}`];
}

/** Where the bytes of an answer are not what was expected: as JSON where both are, else as text without what surrounds it. */
export function answerDifferences(expected: string, actual: string): string[] {
    try {
        return differences(JSON.parse(expected) as unknown, JSON.parse(actual) as unknown);
    } catch {
        return expected.trim() === actual.trim() ? [] : differences(expected.trim(), actual.trim());
    }
}
