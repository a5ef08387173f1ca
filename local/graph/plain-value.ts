import * as pulumi from "@pulumi/pulumi";

/** What stands in a secret's place: plans are printed, kept and compared. */
const SECRET = "[secret]";

/** A registered input as plain JSON: secrets hidden, file assets as `{ "asset": path }`. */
export async function plainValue(value: unknown): Promise<unknown> {
    if (pulumi.runtime.isRpcSecret(value) || pulumi.Output.isInstance(value)) return SECRET;
    if (value instanceof pulumi.asset.FileAsset) return { asset: await value.path };
    if (value instanceof pulumi.asset.StringAsset) return { text: await value.text };
    if (Array.isArray(value)) return Promise.all(value.map(plainValue));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(async ([key, item]) => [key, await plainValue(item)] as const);
    return Object.fromEntries(await Promise.all(entries));
}
