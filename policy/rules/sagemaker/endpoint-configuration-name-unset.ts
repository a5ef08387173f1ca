import { resourceRule } from "../../framework/rule.ts";
import { givenName } from "./auto-named.ts";
import { ENDPOINT_CONFIGURATION } from "./types.ts";

export const endpointConfigurationNameUnset = resourceRule({
    id: "endpoint-configuration-name-unset",
    title: "An endpoint configuration has no name of its own choice.",
    why:
        "Configurations are immutable, and an endpoint moves when its configuration's name changes: with a fixed name it never notices, or the " +
        "configuration is deleted while it is in use.",
    controls: [{ standard: "ours", id: "create before delete" }],
    remediation: "Leave name out, so that each configuration gets one of its own.",
    level: "mandatory",
    types: [ENDPOINT_CONFIGURATION],
    check: (resource) => {
        const name = givenName(resource);
        return name === undefined ? [] : [resource.properties.problem("name", `is "${name}"; accepted: none`)];
    },
});
