import { each } from "../../framework/each.ts";
import { resourceRule } from "../../framework/rule.ts";
import { allowing, identityPlaces, resourcePlaces, trustPlaces } from "./documents.ts";
import { IDENTITY_TYPES, RESOURCE_POLICIES } from "./types.ts";

/** All actions, or all of one service. */
const ALL = /^([a-z0-9-]+:)?[*?]+$/i;

/** A key's policy is written by AWS itself with kms:* for the account, without which nobody could change it. */
const isOfKey = (type: string): boolean => type.startsWith("aws:kms/");

export const iamNoWildcardActions = resourceRule({
    id: "iam-no-wildcard-actions",
    title: "No statement allows all actions, or all of a service.",
    why: "Such a statement takes in what AWS adds next year, and whatever deletes, shares and passes on what it was to read.",
    controls: [
        { standard: "Security Hub", id: "IAM.1" },
        { standard: "Security Hub", id: "IAM.21" },
        { standard: "Checkov", id: "CKV_AWS_62" },
        { standard: "Checkov", id: "CKV_AWS_63" },
        { standard: "AWS Config", id: "iam-policy-no-statements-with-full-access" },
        { standard: "cfn_nag", id: "F3" },
    ],
    remediation: "Name the actions that are used.",
    level: "mandatory",
    types: [...IDENTITY_TYPES, ...Object.keys(RESOURCE_POLICIES).filter((type) => !isOfKey(type))],
    check: (resource) => {
        const places = [...trustPlaces(resource), ...identityPlaces(resource), ...resourcePlaces(resource)];
        return each(places.flatMap(allowing), (statement) => {
            const all = statement.texts("Action").filter((action) => ALL.test(action));
            return all.length === 0
                ? []
                : [statement.problem("Action", `allows ${all.join(", ")}; accepted: actions by name`)];
        });
    },
});
