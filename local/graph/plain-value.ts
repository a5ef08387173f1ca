import * as pulumi from "@pulumi/pulumi";

/** What stands in a secret's place: plans are printed, kept and compared. */
const SECRET = "[secret]";

/**
 * A registered input as plain JSON: secrets hidden, file assets as `{ "asset": path }`.
 * @returns the value itself where there is nothing to replace in it
 */
export async function plainValue(value: unknown): Promise<unknown> {
    if (typeof value !== "object" || value === null) return value;
    if (pulumi.runtime.isRpcSecret(value) || pulumi.Output.isInstance(value)) return SECRET;
    if (value instanceof pulumi.asset.FileAsset) return { asset: await value.path };
    if (value instanceof pulumi.asset.StringAsset) return { text: await value.text };
    const entries: [string, unknown][] = [];
    let replaced = false;
    for (const [key, item] of Object.entries(value)) {
        const plain = await plainValue(item);
        replaced ||= plain !== item;
        entries.push([key, plain]);
    }
    if (!replaced) return value;
    return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}
