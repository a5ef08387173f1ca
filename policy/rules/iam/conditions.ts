import type { Fields } from "../../framework/fields.ts";

/** Operators that hold only where the key is there and is one of the values: not those with Not, and not those that end in IfExists. */
const LIMITING = /^(foranyvalue:)?(string(equals|equalsignorecase|like)|arn(equals|like))$/;

/** Whether a value says which: one that is made of wildcards alone does not. */
const says = (value: string): boolean => !/^[*?]*$/.test(value);

/**
 * Whether a statement holds only for those whom a condition on one of these keys names.
 * @param keys in lower case; one that ends in `:` stands for all below it
 */
export function isLimitedBy(statement: Fields, keys: readonly string[]): boolean {
    const condition = statement.block("Condition");
    if (condition === undefined) return false;
    return condition
        .keys()
        .filter((operator) => LIMITING.test(operator.toLowerCase()))
        .flatMap((operator) => condition.block(operator) ?? [])
        .some((operands) =>
            operands.keys().some((key) => {
                const lower = key.toLowerCase();
                const isOne = keys.some((one) => (one.endsWith(":") ? lower.startsWith(one) : lower === one));
                const values = operands.texts(key);
                return isOne && values.length > 0 && values.every(says);
            }),
        );
}
