import { NAME_PATTERN } from "../../../plans/limits.ts";
import { resourceRule } from "../../framework/rule.ts";
import { MODEL } from "./types.ts";

const KEY = "containerHostname";

export const modelHostnames = resourceRule({
    id: "model-hostnames",
    title: "The containers of a pipeline have valid hostnames that are unique, or none has one.",
    why: "CreateModel refuses others. Logs and metrics tell containers apart by them, and in mode Direct a request finds its container by nothing else.",
    controls: [{ standard: "ours", id: "CreateModel" }],
    remediation: "Give each container of the pipeline a hostname of its own.",
    level: "mandatory",
    types: [MODEL],
    check: ({ properties: model }) => {
        const containers = model.blocks("containers");
        const names = containers.map((container) => container.text(KEY));
        const given = names.filter((name) => name !== undefined);
        const isDirect = model.block("inferenceExecutionConfig")?.text("mode") === "Direct";
        const isOptional = !isDirect && given.length === 0;
        return containers.flatMap((container, index) => {
            const name = names[index];
            if (name === undefined) {
                if (isOptional) return [];
                const because = isDirect
                    ? "the mode is Direct"
                    : `${given.length} of ${names.length} containers have one`;
                return [container.problem(KEY, `is not set, and ${because}; accepted: one for each container`)];
            }
            if (!NAME_PATTERN.test(name)) {
                return [container.problem(KEY, `is "${name}"; accepted: up to 63 letters, digits and inner hyphens`)];
            }
            const first = names.indexOf(name);
            if (first === index) return [];
            return [
                container.problem(KEY, `is "${name}", as is that of containers[${first}]; accepted: a name of its own`),
            ];
        });
    },
});
