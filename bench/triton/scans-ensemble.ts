import { parseSettings } from "../../config/schema.ts";
import { root } from "../../local/project.ts";
import { readStackConfig } from "../../local/stack/stack-file.ts";
import type { Ensemble } from "../../plans/triton/ensemble.ts";
import type { DynamicBatching, Model } from "../../plans/triton/model.ts";

/** How the recognition model runs. */
export interface Recognition {
    readonly instances?: number;
    readonly dynamicBatching?: DynamicBatching;
}

function onCpu(model: Model, { instances = 1, dynamicBatching }: Recognition): Model {
    if (model.name !== "recognition" || model.backend !== "python") return model;
    return {
        ...model,
        compute: { kind: "cpu", count: instances },
        ...(dynamicBatching === undefined ? {} : { dynamicBatching }),
    };
}

/** The ensemble of stack triton, with recognition on the processor. */
export function scansEnsemble(how: Recognition = {}): Ensemble {
    const { values, file } = readStackConfig(root, "triton", {});
    const [step] = parseSettings(values, file).steps;
    if (step.triton === undefined) throw new Error(`${file} describes no ensemble`);
    return { ...step.triton, models: step.triton.models.map((model) => onCpu(model, how)) };
}
