import { resourceRule } from "../../framework/rule.ts";
import { givenName } from "./auto-named.ts";
import { MODEL } from "./types.ts";

export const modelNameUnset = resourceRule({
    id: "model-name-unset",
    title: "A model has no name of its own choice.",
    why: "Models are immutable: with a fixed name the old one has to go before the new one is there, while an endpoint uses it.",
    controls: [{ standard: "ours", id: "create before delete" }],
    remediation: "Leave name out, so that each model gets one of its own.",
    level: "mandatory",
    types: [MODEL],
    check: (resource) => {
        const name = givenName(resource);
        return name === undefined ? [] : [resource.properties.problem("name", `is "${name}"; accepted: none`)];
    },
});
