import type { Fields } from "./fields.ts";
import { NotKnownYet } from "./not-known.ts";
import type { Resource } from "./resource.ts";

/** The resources of a stack, and who refers to whom. */
export class StackGraph {
    readonly resources: readonly Resource[];

    constructor(resources: readonly Resource[]) {
        this.resources = resources;
    }

    ofType(...types: readonly string[]): Resource[] {
        return this.resources.filter(({ type }) => types.includes(type));
    }

    /**
     * The resource of a type that `from` names in `fields[key]`: found by that value, or, where a preview does not know it, by what the
     * engine says it was computed from.
     * @param by the property that holds the value in the resource looked for, such as `name` or `arn`
     * @returns undefined where it is none of this stack
     */
    referred(from: Resource, fields: Fields, key: string, type: string, by: string): Resource | undefined {
        const candidates = this.ofType(type);
        let value: string | undefined;
        try {
            value = fields.text(key);
        } catch (error) {
            if (!(error instanceof NotKnownYet)) throw error;
            const property = fields.at(key).split(/[.[]/)[0] ?? "";
            const urns = from.dependencies?.[property] ?? [];
            const computedFrom = candidates.filter(({ urn }) => urns.includes(urn));
            if (computedFrom.length === 1) return computedFrom[0];
            throw error;
        }
        if (value === undefined) return undefined;
        const found = candidates.find((candidate) => knownText(candidate, by) === value);
        if (found !== undefined) return found;
        if (candidates.some((candidate) => knownText(candidate, by) === null)) throw new NotKnownYet(fields.at(key));
        return undefined;
    }
}

/** A property of a resource; null where it is not known yet. */
function knownText({ properties }: Resource, key: string): string | undefined | null {
    try {
        return properties.text(key);
    } catch (error) {
        if (error instanceof NotKnownYet) return null;
        throw error;
    }
}
