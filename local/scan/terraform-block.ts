import { isPlaceholder } from "../graph/placeholder.ts";

/** A resource, or a block within one, as Terraform's plan has it: values that are known, and what the others refer to. */
export interface TerraformBlock {
    readonly values: Readonly<Record<string, unknown>>;
    readonly expressions: Readonly<Record<string, unknown>>;
}

export interface BlockNames {
    /** What properties are called; in snake case where there is none. */
    readonly names: Readonly<Record<string, string>>;
    /** By the text of a value, what it refers to. */
    readonly references: ReadonlyMap<string, readonly string[]>;
    /** The type, for errors. */
    readonly where: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Objects that hold whatever keys their author chose, and no blocks. */
const MAPS: ReadonlySet<string> = new Set(["dimensions", "environment", "tags"]);

const snakeCase = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const isFields = (value: unknown): value is Fields =>
    typeof value === "object" && value !== null && !Array.isArray(value);

/** A file to be uploaded is named by its path, and a text by itself. */
const assetOf = (value: Fields): unknown => value["asset"] ?? value["text"];

/** A property as Terraform's plan has it; nothing where it is not known. */
function property(
    key: string,
    name: string,
    value: unknown,
    names: BlockNames,
): { value?: unknown; expression?: unknown } {
    const referenceTo = (item: unknown) => (typeof item === "string" ? names.references.get(item) : undefined);
    if (isFields(value)) {
        if (MAPS.has(name)) return { value };
        const asset = assetOf(value);
        if (asset !== undefined) return { value: asset };
        const { values, expressions } = terraformBlock(value, names);
        return { value: [values], expression: [expressions] };
    }
    if (Array.isArray(value)) {
        const items: readonly unknown[] = value;
        if (items.some(isFields)) {
            if (names.names[key] === undefined)
                throw new Error(
                    `${names.where} has a list of blocks "${key}" that has no name in Terraform: add it to local/scan/terraform-types.ts`,
                );
            const blocks = items.map((item) => terraformBlock(item as Fields, names));
            return {
                value: blocks.map(({ values }) => values),
                expression: blocks.map(({ expressions }) => expressions),
            };
        }
        const references = items.flatMap((item) => referenceTo(item) ?? []);
        if (references.length === 0) return { value: items };
        const known = items.map((item) => (referenceTo(item) === undefined ? item : null));
        return { ...(known.some((item) => item !== null) && { value: known }), expression: { references } };
    }
    const references = referenceTo(value);
    if (references !== undefined) return { expression: { references } };
    return typeof value === "string" && isPlaceholder(value) ? {} : { value };
}

/** Properties of Pulumi as a block of Terraform: single objects are lists of one block there. */
export function terraformBlock(properties: Fields, names: BlockNames): TerraformBlock {
    const values: Record<string, unknown> = {};
    const expressions: Record<string, unknown> = {};
    for (const [key, given] of Object.entries(properties)) {
        const name = names.names[key] ?? snakeCase(key);
        const { value, expression } = property(key, name, given, names);
        if (value !== undefined) values[name] = value;
        if (expression !== undefined) expressions[name] = expression;
    }
    return { values, expressions };
}
