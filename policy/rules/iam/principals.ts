import type { Fields } from "../../framework/fields.ts";

export interface Principal {
    /** Such as `AWS`, `Service`, `Federated`. */
    readonly kind: string;
    readonly value: string;
}

/** Whom a statement is for. */
export function principalsOf(statement: Fields): Principal[] {
    const block = statement.block("Principal");
    if (block === undefined) return statement.texts("Principal").map((value) => ({ kind: "AWS", value }));
    return block.keys().flatMap((kind) => block.texts(kind).map((value) => ({ kind, value })));
}

/** Whether it is for everybody, or for every service. */
export const isForAll = (statement: Fields): boolean => principalsOf(statement).some(({ value }) => value === "*");
