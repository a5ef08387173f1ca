import { widestBounds, type Scaling } from "./scaling.ts";

/** What an endpoint that is there says of its capacity. */
export interface LiveEndpoint {
    /** Fingerprint of the configuration that it is on. @default - one that was made without */
    readonly fingerprint: string | undefined;
    /** By the variant's name. */
    readonly variants: ReadonlyMap<string, LiveVariant>;
}

interface LiveVariant {
    /** Instances that scaling, or somebody, wants it to have now; 0 where it is scaled to zero. */
    readonly wanted: number;
    /** Instances that its configuration says it starts with. */
    readonly initial: number;
}

/** Tag of an endpoint configuration: hash of all that it says beside the number of scaled instances. */
export const FINGERPRINT_TAG = "serial-inference:configuration";

/** A configuration's content in a fixed order, without the number of instances of the variants that are scaled. */
export function fingerprinted(configuration: object, scaledVariants: ReadonlySet<string>): string {
    return JSON.stringify(configuration, (_, value: unknown) => {
        if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
        const fields = value as Record<string, unknown>;
        const isScaled = typeof fields["variantName"] === "string" && scaledVariants.has(fields["variantName"]);
        const kept = Object.entries(fields).filter(([key]) => !(isScaled && key === "initialInstanceCount"));
        return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
    });
}

/** How a variant's instances are counted in a configuration. */
export interface CountedVariant {
    readonly name: string;
    /** Instances that the stack wants at the start. */
    readonly instanceCount: number;
    readonly scaling: Scaling;
}

/**
 * Instances that a scaled variant's configuration starts with. As long as the configuration says nothing else, the number stays as it is
 * there, since another one alone would make a new configuration and fleet. One that does say something else starts with as many as run
 * now, which is what UpdateEndpoint would otherwise reset.
 */
export function keptInstances(
    { name, instanceCount, scaling }: CountedVariant,
    fingerprint: string,
    live: LiveEndpoint | undefined,
): number {
    const variant = live?.variants.get(name);
    if (variant === undefined) return instanceCount;
    if (live?.fingerprint === fingerprint) return variant.initial;
    const { min, max } = widestBounds(scaling);
    return Math.min(max, Math.max(1, min, variant.wanted)); // a configuration starts with 1 at least
}
