import { plainValue } from "./plain-value.ts";
import type { Registration } from "./recording-monitor.ts";

/** A resource that the program registered, as plain JSON. */
export interface RecordedResource {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    /** What AWS would know it by; null for a component. */
    readonly id: string | null;
    /** URN of the parent; null for the stack itself. */
    readonly parent: string | null;
    /** Whether the engine would refuse to delete it. */
    readonly isProtected: boolean;
    readonly inputs: Readonly<Record<string, unknown>>;
    /** The inputs, and what AWS would add; for a component, what it registers as its outputs. */
    readonly outputs: Readonly<Record<string, unknown>>;
}

type Properties = Record<string, unknown>;

/** A registration without its assets' and secrets' wrapping. */
export async function recordedResource({
    urn,
    type,
    name,
    id,
    parent,
    isProtected,
    inputs,
    outputs,
}: Registration): Promise<RecordedResource> {
    return {
        urn,
        type,
        name,
        id: id ?? null,
        parent: parent ?? null,
        isProtected,
        inputs: (await plainValue(inputs)) as Properties,
        outputs: (await plainValue(outputs)) as Properties,
    };
}
