import { each } from "../../framework/each.ts";
import { resourceRule } from "../../framework/rule.ts";
import { ACTION, documentProblems, PRINCIPAL, RESOURCE } from "./document-problems.ts";
import { identityPlaces, resourcePlaces, trustPlaces } from "./documents.ts";
import { IDENTITY_TYPES, RESOURCE_POLICIES } from "./types.ts";

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
        ...each(trustPlaces(resource), (place) => documentProblems(place, [ACTION, PRINCIPAL])),
        ...each(identityPlaces(resource), (place) => documentProblems(place, [ACTION, RESOURCE])),
        ...each(resourcePlaces(resource), (place) => documentProblems(place, [ACTION, PRINCIPAL])),
    ],
});
