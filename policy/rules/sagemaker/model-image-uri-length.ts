import { LIMITS } from "../../../plans/limits.ts";
import { each } from "../../framework/each.ts";
import { resourceRule } from "../../framework/rule.ts";
import { containersOf } from "./containers.ts";
import { MODEL } from "./types.ts";

export const modelImageUriLength = resourceRule({
    id: "model-image-uri-length",
    title: `The URI of an image has at most ${LIMITS.imageUriLength} characters.`,
    why: "CreateModel refuses a longer one, after the image has been built and pushed.",
    controls: [{ standard: "ours", id: "CreateModel" }],
    remediation: "Shorten the repository's name.",
    level: "mandatory",
    types: [MODEL],
    check: ({ properties: model }) =>
        each(containersOf(model), (container) => {
            const length = container.text("image")?.length ?? 0;
            if (length <= LIMITS.imageUriLength) return [];
            return [container.problem("image", `has ${length} characters; accepted: up to ${LIMITS.imageUriLength}`)];
        }),
});
