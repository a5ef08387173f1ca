import type { Fields } from "../../framework/fields.ts";
import type { Resource } from "../../framework/resource.ts";
import { IDENTITY_POLICIES, RESOURCE_POLICIES, ROLE } from "./types.ts";

/** Where a document is: the block, and the property of it. */
export interface Place {
    readonly fields: Fields;
    readonly key: string;
}

/** What somebody may do: the document of a policy, or the inline ones of a role. */
export function identityPlaces({ type, properties }: Resource): Place[] {
    const key = IDENTITY_POLICIES[type];
    if (key !== undefined) return [{ fields: properties, key }];
    if (type !== ROLE) return [];
    return properties
        .blocks("inlinePolicies")
        .filter((inline) => inline.has("policy"))
        .map((inline) => ({ fields: inline, key: "policy" }));
}

/** Who may take a role. */
export const trustPlaces = ({ type, properties }: Resource): Place[] =>
    type === ROLE ? [{ fields: properties, key: "assumeRolePolicy" }] : [];

/** Who may use a resource; many take a document, and need none. */
export function resourcePlaces({ type, properties }: Resource): Place[] {
    const key = RESOURCE_POLICIES[type];
    return key !== undefined && properties.has(key) ? [{ fields: properties, key }] : [];
}

/** The statements of a document: one, or a list. What is no document is iam-policy-document's matter. */
export function statementsOf({ fields, key }: Place): Fields[] {
    const document = fields.json(key);
    const single = document?.block("Statement");
    return single === undefined ? (document?.blocks("Statement") ?? []) : [single];
}

/** Those that give something. */
export const allowing = (place: Place): Fields[] =>
    statementsOf(place).filter((statement) => statement.text("Effect") === "Allow");
