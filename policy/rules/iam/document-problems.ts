import { each } from "../../framework/each.ts";
import type { Fields } from "../../framework/fields.ts";
import type { Result } from "../../framework/result.ts";
import { type Place, statementsOf } from "./documents.ts";

/** Properties of which a statement has one. */
type Either = readonly [string, string];
export const ACTION: Either = ["Action", "NotAction"];
export const RESOURCE: Either = ["Resource", "NotResource"];
export const PRINCIPAL: Either = ["Principal", "NotPrincipal"];

const lacking = (statement: Fields, needed: readonly Either[]): Result[] =>
    needed
        .filter(([one, other]) => !statement.has(one) && !statement.has(other))
        .map(([one]) => statement.problem(one, "is not set; accepted: one or a list"));

/** What keeps a document from being one; the other rules leave such a document alone. */
export function documentProblems(place: Place, needed: readonly Either[]): Result[] {
    const { fields, key } = place;
    if (!fields.has(key)) return [fields.problem(key, "is not set; accepted: a policy document")];
    const statements = statementsOf(place);
    if (statements.length === 0) {
        return [
            fields.problem(key, "is no policy document with a statement; accepted: JSON with Version and Statement"),
        ];
    }
    return each(statements, (statement) => {
        const effect = statement.text("Effect");
        return [
            ...(effect === "Allow" || effect === "Deny"
                ? []
                : [
                      statement.problem(
                          "Effect",
                          `is ${effect === undefined ? "not set" : `"${effect}"`}; accepted: Allow, Deny`,
                      ),
                  ]),
            ...lacking(statement, needed),
        ];
    });
}

/** Whether the policy of a resource is one that can be read. */
export const isWritten = (place: Place): boolean => documentProblems(place, [ACTION, PRINCIPAL]).length === 0;
