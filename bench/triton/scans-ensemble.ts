import { createProgress } from "../../local/progress.ts";
import { prepareStack } from "../../local/project.ts";
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
export async function scansEnsemble(how: Recognition = {}): Promise<Ensemble> {
    const { settings, config } = await prepareStack("triton", createProgress());
    const { triton } = settings.steps[0];
    if (triton === undefined) throw new Error(`${config.file} describes no ensemble`);
    return { ...triton, models: triton.models.map((model) => onCpu(model, how)) };
}
