import { each } from "../../framework/each.ts";
import { resourceRule } from "../../framework/rule.ts";
import { containersOf, isPackaged } from "./containers.ts";
import { MODEL } from "./types.ts";

export const modelContainerImage = resourceRule({
    id: "model-container-image",
    title: "Each container of a model has an image, or is a registered version's.",
    why: "CreateModel refuses a container without one, after the other images have been built.",
    controls: [{ standard: "ours", id: "CreateModel" }],
    remediation: "Name an image, or the ARN of a model package.",
    level: "mandatory",
    types: [MODEL],
    check: ({ properties: model }) =>
        each(containersOf(model), (container) =>
            container.has("image") || isPackaged(container)
                ? []
                : [container.problem("image", "is not set; accepted: the URI of an image, or modelPackageName")],
        ),
});
