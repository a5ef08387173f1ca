import { resourceRule } from "../../framework/rule.ts";
import { containersOf, isMultiModel } from "./containers.ts";
import { MODEL } from "./types.ts";

export const modelOneMultiModel = resourceRule({
    id: "model-one-multi-model",
    title: "At most one container of a pipeline holds many models.",
    why: "TargetModel can only be meant for one container; CreateModel refuses two, after the images have been built.",
    controls: [{ standard: "ours", id: "CreateModel" }],
    remediation: "Leave mode MultiModel to one container, and host the others' models in models of their own.",
    level: "mandatory",
    types: [MODEL],
    check: ({ properties: model }) => {
        const many = containersOf(model).filter(isMultiModel);
        if (many.length < 2) return [];
        return [
            model.problem(
                "containers",
                `has mode MultiModel ${many.length} times, in ${many.map(({ path }) => path).join(" and ")}; accepted: once`,
            ),
        ];
    },
});
