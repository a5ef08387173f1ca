import { NOT_KNOWN } from "./not-known.ts";

/** What Pulumi's policy SDK throws where a value is read that a preview does not know; its class is not exported. */
const isUnknown = (error: unknown): boolean => error instanceof Error && error.constructor.name === "UnknownValueError";

/** A resource's properties as the policy SDK hands them over, with NOT_KNOWN in the place of what it would throw for. */
export function plainProperties(proxied: unknown): unknown {
    if (Array.isArray(proxied))
        return proxied.map((_, index) => plainProperty(proxied as unknown as Proxied, String(index)));
    if (typeof proxied !== "object" || proxied === null) return proxied;
    return Object.fromEntries(Object.keys(proxied).map((key) => [key, plainProperty(proxied as Proxied, key)]));
}

type Proxied = Readonly<Record<string, unknown>>;

/** One of them. */
export function plainProperty(of: Proxied, key: string): unknown {
    let item: unknown;
    try {
        item = of[key];
    } catch (error) {
        if (isUnknown(error)) return NOT_KNOWN;
        throw error;
    }
    return plainProperties(item);
}
