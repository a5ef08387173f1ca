import type { Fields } from "../../framework/fields.ts";

/** The containers of a model: the one, or those of a pipeline. */
export function containersOf(model: Fields): Fields[] {
    const primary = model.block("primaryContainer");
    return [...(primary === undefined ? [] : [primary]), ...model.blocks("containers")];
}

/** Whether a container stands for all containers of a registered version, which the stack does not show. */
export const isPackaged = (container: Fields): boolean => container.has("modelPackageName");

/** Whether a container holds many models, which requests pick by TargetModel. */
export const isMultiModel = (container: Fields): boolean => container.text("mode") === "MultiModel";
