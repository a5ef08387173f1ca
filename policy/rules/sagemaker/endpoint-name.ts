import { LIMITS, NAME_PATTERN } from "../../../plans/limits.ts";
import { resourceRule } from "../../framework/rule.ts";
import { ENDPOINT } from "./types.ts";

export const endpointName = resourceRule({
    id: "endpoint-name",
    title: `The name of an endpoint has up to ${LIMITS.nameLength} letters, digits and inner hyphens.`,
    why: "CreateEndpoint refuses others, last of all that is deployed.",
    controls: [{ standard: "ours", id: "CreateEndpoint" }],
    remediation: "Shorten the name.",
    level: "mandatory",
    types: [ENDPOINT],
    check: ({ properties: endpoint }) => {
        const name = endpoint.text("name");
        if (name === undefined || NAME_PATTERN.test(name)) return [];
        return [
            endpoint.problem(
                "name",
                `is "${name}", of ${name.length} characters; accepted: up to ${LIMITS.nameLength} letters, digits and inner hyphens`,
            ),
        ];
    },
});
