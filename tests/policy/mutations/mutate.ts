import type { RecordedResource } from "../../../local/graph/recorded-resource.ts";

type Path = readonly (string | number)[];
type Kind = "delete" | "flip" | "low" | "high" | "set";

/** One property of one resource, and what is done to it. */
export interface Mutation {
    readonly path: Path;
    readonly kind: Kind;
    /** Of `set`: what it becomes. */
    readonly to?: (value: unknown) => unknown;
}

/** Below what any property of these graphs takes, and above it. */
const LOW = -1;
const HIGH = 1_000_000;

const parsed = (value: unknown): unknown => {
    if (typeof value !== "string" || !value.startsWith("{")) return value;
    try {
        return JSON.parse(value);
    } catch {
        return value;
    }
};

/** Every property, item of a list and part of a policy document: deleted; flipped where it is a boolean; out of range where it is a number. */
export function automatic(value: unknown, path: Path = []): Mutation[] {
    const here: Mutation[] = path.length === 0 ? [] : [{ path, kind: "delete" }];
    if (typeof value === "boolean") return [...here, { path, kind: "flip" }];
    if (typeof value === "number") return [...here, { path, kind: "low" }, { path, kind: "high" }];
    const inner = parsed(value);
    if (typeof inner !== "object" || inner === null) return here;
    const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(inner)
        ? inner.map((item, index) => [index, item] as const)
        : Object.entries(inner);
    return [...here, ...entries.flatMap(([key, item]) => automatic(item, [...path, key]))];
}

function changed(value: unknown, { kind, to }: Mutation): unknown {
    if (kind === "flip") return value !== true;
    if (kind === "low") return LOW;
    return kind === "high" ? HIGH : to?.(value);
}

/** A value with one thing in it changed; JSON text stays text. */
function at(value: unknown, path: Path, mutation: Mutation): unknown {
    const [key, ...rest] = path;
    if (key === undefined) return changed(value, mutation);
    const inner = parsed(value);
    if (inner !== value) return JSON.stringify(at(inner, path, mutation));
    const isGone = mutation.kind === "delete" && rest.length === 0;
    if (Array.isArray(inner)) {
        const items = inner as readonly unknown[];
        return isGone
            ? items.toSpliced(key as number, 1)
            : items.with(key as number, at(items[key as number], rest, mutation));
    }
    const { [key]: old, ...others } = (inner ?? {}) as Readonly<Record<string, unknown>>;
    return isGone ? others : { ...others, [key]: at(old, rest, mutation) };
}

/** A resource with one property changed, before its deployment and after it. */
export const mutated = (resource: RecordedResource, mutation: Mutation): RecordedResource => ({
    ...resource,
    inputs: at(resource.inputs, mutation.path, mutation) as RecordedResource["inputs"],
    outputs: at(resource.outputs, mutation.path, mutation) as RecordedResource["outputs"],
});

/** Such as `containers[0].image`. */
export const textOf = (path: Path): string =>
    path
        .map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`))
        .join("")
        .replace(/^\./, "");
