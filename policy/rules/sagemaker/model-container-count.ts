import { LIMITS } from "../../../plans/limits.ts";
import { resourceRule } from "../../framework/rule.ts";
import { containersOf, isPackaged } from "./containers.ts";
import { MODEL } from "./types.ts";

const { min, max } = LIMITS.pipelineContainers;

export const modelContainerCount = resourceRule({
    id: "model-container-count",
    title: `A model has one primary container, a pipeline of ${min} to ${max}, or a registered version.`,
    why: "CreateModel refuses any other number, after the images have been built and the old deployment is under way.",
    controls: [{ standard: "ours", id: "CreateModel" }],
    remediation: `Give primaryContainer alone, or ${min} to ${max} containers.`,
    level: "mandatory",
    types: [MODEL],
    check: ({ properties: model }) => {
        const count = model.blocks("containers").length;
        const hasPrimary = model.has("primaryContainer");
        if (hasPrimary && count > 0) {
            return [model.problem("containers", `has ${count} beside primaryContainer; accepted: one of the two`)];
        }
        if (hasPrimary || (count >= min && count <= max)) return [];
        if (count === 1 && containersOf(model).every(isPackaged)) return [];
        return [model.problem("containers", `has ${count}; accepted: ${min} to ${max}, or a primaryContainer`)];
    },
});
