import { z } from "zod";
import { LIMITS, NAME_PATTERN, type Range } from "../plans/limits.ts";
import { targetModelProblem } from "../plans/target-model.ts";

/*
 * Builders of schema fields. A field's error message is what the field accepts, nothing else: config/describe-issue.ts puts the key's
 * path and what was found before it.
 */

/** A mapping with just these keys. */
export function object<Shape extends z.ZodRawShape>(shape: Shape) {
    const known = Object.keys(shape).join(", ");
    return z.strictObject(shape, {
        error: ({ code }) => (code === "unrecognized_keys" ? known : `a mapping of ${known}`),
    });
}

/** A mapping that has exactly one of several forms, told apart by their keys. */
export function oneOf<const Forms extends readonly [z.ZodType, z.ZodType, ...z.ZodType[]]>(
    forms: Forms,
    keys: readonly string[],
) {
    return z.union(forms, { error: keys.join(", ") });
}

/** Text that is not empty. */
export const text = (accepted: string) => z.string({ error: accepted }).min(1, accepted);

/** A file or directory, relative to the project's root. */
export const path = (what: string) => text(`the path of ${what}, relative to the project's root`);

/** Text of a form. */
export const matching = (pattern: RegExp, accepted: string) => z.string({ error: accepted }).regex(pattern, accepted);

/** A name as SageMaker takes it for models, endpoints, variants and container hostnames. */
export const name = () => matching(NAME_PATTERN, "up to 63 letters, digits and inner hyphens");

const targetModelAccepted = `a key such as europe/lisbon.tar.gz: up to ${LIMITS.targetModelLength} printable ASCII characters, no / in front and no ..`;

/** A key below a prefix of models, or a pattern of such keys. */
export const targetModel = z
    .string({ error: targetModelAccepted })
    .refine((value) => targetModelProblem(value) === undefined, targetModelAccepted)
    .meta({ maxLength: LIMITS.targetModelLength });

/** A prefix in S3. */
export const prefix = matching(/^s3:\/\/[a-z0-9.-]{3,63}\/.+\/$/, "s3://bucket/prefix/, ending in /");

/** A whole number within a range. */
export function whole(range: Range, unit: string) {
    const accepted = `a whole number of ${unit} from ${range.min} to ${range.max}`;
    return z.int({ error: accepted }).min(range.min, accepted).max(range.max, accepted);
}

/** One of a few words. */
export const choice = <const Words extends readonly [string, ...string[]]>(words: Words) =>
    z.enum(words, { error: words.join(", ") });

/** Names with text for each. */
export const mapping = (what: string) =>
    z.record(z.string(), z.string({ error: "text; put numbers and true or false in quotes" }), {
        error: `a mapping of ${what}`,
    });

/** A list of `min` to `max` items. The number is checked beside the items, since zod's own check of it would hide their problems. */
export function list<Item extends z.ZodType>(item: Item, { min, max }: Range, what: string) {
    const accepted = `a list of ${min === max ? `exactly ${min}` : `${min} to ${max}`} ${what}`;
    const counted = (items: unknown) => Array.isArray(items) && items.length >= min && items.length <= max;
    return z
        .array(item, { error: accepted })
        .refine(counted, { error: accepted, when: ({ value }) => Array.isArray(value) })
        .meta({ minItems: min, maxItems: max });
}

/** A key that may be left out. */
export const optional = <Field extends z.ZodType>(field: Field, description: string) =>
    z.exactOptional(field.describe(description));
