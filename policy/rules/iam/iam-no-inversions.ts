import { each } from "../../framework/each.ts";
import { resourceRule } from "../../framework/rule.ts";
import { allowing, identityPlaces, resourcePlaces, trustPlaces } from "./documents.ts";
import { IDENTITY_TYPES, RESOURCE_POLICIES } from "./types.ts";

const INVERSIONS = [
    ["NotAction", "Action"],
    ["NotResource", "Resource"],
    ["NotPrincipal", "Principal"],
] as const;

export const iamNoInversions = resourceRule({
    id: "iam-no-inversions",
    title: "No statement allows all but what it names.",
    why: "NotAction, NotResource and NotPrincipal in a statement that allows give everything else, and whatever AWS or the account comes to add.",
    controls: [
        { standard: "cfn_nag", id: "W15" },
        { standard: "cfn_nag", id: "W21" },
        { standard: "cfn_nag", id: "F6" },
    ],
    remediation: "Say what is allowed, and to whom.",
    level: "mandatory",
    types: [...IDENTITY_TYPES, ...Object.keys(RESOURCE_POLICIES)],
    check: (resource) => {
        const places = [...trustPlaces(resource), ...identityPlaces(resource), ...resourcePlaces(resource)];
        return each(places.flatMap(allowing), (statement) =>
            INVERSIONS.filter(([inverted]) => statement.has(inverted)).map(([inverted, plain]) =>
                statement.problem(inverted, `is in a statement that allows; accepted: ${plain}`),
            ),
        );
    },
});
