import { NotKnownYet } from "./not-known.ts";
import type { Resource } from "./resource.ts";
import type { StackGraph } from "./stack-graph.ts";

/** The resources for which something holds. @throws NotKnownYet where it is known to hold for none, and not known of one */
export function matching(resources: readonly Resource[], holds: (resource: Resource) => boolean): Resource[] {
    let unknown: NotKnownYet | undefined;
    const found = resources.filter((resource) => {
        try {
            return holds(resource);
        } catch (error) {
            if (!(error instanceof NotKnownYet)) throw error;
            unknown ??= error;
            return false;
        }
    });
    if (found.length === 0 && unknown !== undefined) throw unknown;
    return found;
}

/**
 * The resources of some types that belong to one, such as the policies of a bucket.
 * @param key the property by which they name it
 * @param by the property of `to` that holds the value
 */
export const attached = (stack: StackGraph, types: readonly string[], key: string, to: Resource, by: string) =>
    matching(stack.ofType(...types), (one) => stack.referred(one, one.properties, key, to.type, by)?.urn === to.urn);
