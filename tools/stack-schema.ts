import { z } from "zod";
import { NAMESPACE, settingsSchema } from "../config/schema.ts";

type Schema = z.core.JSONSchema.BaseSchema;

/** A pattern's keys as they stand in a stack file, beside keys of other namespaces. */
function asConfig(pattern: Schema): Schema {
    const properties = Object.entries(pattern.properties ?? {}).map(
        ([key, schema]) => [NAMESPACE + key, schema] as const,
    );
    const own = properties.map(([key]) => key);
    return {
        type: "object",
        properties: Object.fromEntries(properties),
        required: (pattern.required ?? []).map((key) => NAMESPACE + key),
        propertyNames: { anyOf: [{ enum: own }, { not: { pattern: `^${NAMESPACE}` } }] },
    };
}

/** JSON schema of `Pulumi.<stack>.yaml`, made from the schema that the program checks its config with. */
export function stackSchema(): Schema {
    const { $schema, anyOf, oneOf } = z.toJSONSchema(settingsSchema, { target: "draft-7", io: "input" });
    const patterns = oneOf ?? anyOf ?? [];
    return {
        ...($schema === undefined ? {} : { $schema }),
        title: "A stack of serial-inference",
        type: "object",
        properties: { config: { anyOf: patterns.map(asConfig) } },
        required: ["config"],
    };
}
