import type { Resource } from "../../policy/framework/resource.ts";
import { Fields } from "../../policy/framework/fields.ts";
import { NOT_KNOWN } from "../../policy/framework/not-known.ts";
import { isPlaceholder } from "../graph/placeholder.ts";
import type { RecordedResource } from "../graph/recorded-resource.ts";

function known(value: unknown): unknown {
    if (typeof value === "string") return isPlaceholder(value) ? NOT_KNOWN : value;
    if (Array.isArray(value)) return value.map(known);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, known(item)]));
}

/**
 * Recorded resources as the policies see them.
 * @param of their inputs, as before a deployment, or their outputs, as after it
 * @param region of what does not say its own
 */
export const recordedResources = (
    recorded: readonly RecordedResource[],
    of: "inputs" | "outputs",
    region: string | undefined,
): Resource[] =>
    recorded.map(({ urn, type, name, isProtected, ...resource }) => ({
        urn,
        type,
        name,
        isProtected,
        properties: new Fields(known(resource[of]) as Record<string, unknown>),
        region: typeof resource[of]["region"] === "string" ? resource[of]["region"] : region,
    }));
