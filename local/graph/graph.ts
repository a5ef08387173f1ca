import type { RecordedResource } from "./recorded-resource.ts";

export type Fields = Readonly<Record<string, unknown>>;

export const fields = (value: unknown): Fields => (value ?? {}) as Fields;
/** A list of mappings in a resource's inputs. */
export const list = (value: unknown): Fields[] => (value ?? []) as Fields[];
export const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Finds resources in what the program registered. */
export class Graph {
    private readonly resources: readonly RecordedResource[];

    constructor(resources: readonly RecordedResource[]) {
        this.resources = resources;
    }

    ofType(suffix: string): RecordedResource[] {
        return this.resources.filter(({ type }) => type.endsWith(suffix));
    }

    /** Whether the program registers a resource of that name. */
    has(suffix: string, name: string): boolean {
        return this.ofType(suffix).some(({ outputs }) => outputs["name"] === name);
    }

    /** The resource that another one names. */
    named(suffix: string, name: unknown): RecordedResource {
        const found = this.ofType(suffix).find(({ outputs }) => outputs["name"] === name);
        if (found === undefined) throw new Error(`the program registers no ${suffix} named "${text(name)}"`);
        return found;
    }
}
