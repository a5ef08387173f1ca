import type { Resource } from "../../framework/resource.ts";

/**
 * The physical name that the program gave a resource.
 * @returns undefined where the provider made one up, which it says in `__defaults`, or which shows by the digits after the logical name
 */
export function givenName({ name: logical, properties }: Resource): string | undefined {
    if (properties.texts("__defaults").includes("name")) return undefined;
    const name = properties.text("name");
    if (name === undefined) return undefined;
    return name.startsWith(`${logical}-`) && /^[0-9a-f]{7}$/.test(name.slice(logical.length + 1)) ? undefined : name;
}
