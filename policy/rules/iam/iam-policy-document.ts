import { each } from "../../framework/each.ts";
import type { Fields } from "../../framework/fields.ts";
import type { Result } from "../../framework/result.ts";
import { resourceRule } from "../../framework/rule.ts";
import { identityPlaces, type Place, resourcePlaces, statementsOf, trustPlaces } from "./documents.ts";
import { IDENTITY_TYPES, RESOURCE_POLICIES } from "./types.ts";

/** Properties of which a statement has one. */
type Either = readonly [string, string];
const ACTION: Either = ["Action", "NotAction"];
const RESOURCE: Either = ["Resource", "NotResource"];
const PRINCIPAL: Either = ["Principal", "NotPrincipal"];

const lacking = (statement: Fields, needed: readonly Either[]): Result[] =>
    needed
        .filter(([one, other]) => !statement.has(one) && !statement.has(other))
        .map(([one]) => statement.problem(one, "is not set; accepted: one or a list"));

function problems(place: Place, needed: readonly Either[]): Result[] {
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

export const iamPolicyDocument = resourceRule({
    id: "iam-policy-document",
    title: "A policy is a document whose statements say what they allow or deny, to whom, and of what.",
    why:
        "IAM refuses a document that is none, in the middle of a deployment; and what cannot be read cannot be reviewed, so no other rule " +
        "says anything of it.",
    controls: [{ standard: "ours", id: "grammar of the IAM policy language" }],
    remediation: "Write the document as AWS's grammar of policies says.",
    level: "mandatory",
    types: [...IDENTITY_TYPES, ...Object.keys(RESOURCE_POLICIES)],
    check: (resource) => [
        ...each(trustPlaces(resource), (place) => problems(place, [ACTION, PRINCIPAL])),
        ...each(identityPlaces(resource), (place) => problems(place, [ACTION, RESOURCE])),
        ...each(resourcePlaces(resource), (place) => problems(place, [ACTION, PRINCIPAL])),
    ],
});
