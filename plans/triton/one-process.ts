import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Ensemble } from "./ensemble.ts";
import { tensorEnds } from "./flow.ts";
import { modelConfig, modelDescription } from "./model-config.ts";
import { modelProblems } from "./model-problems.ts";
import type { Model, PythonModel } from "./model.ts";
import { orderSteps } from "./order.ts";

/** The ensemble as one Python model, which runs as its first model says. */
function oneModel({ name, maxBatchSize, inputs, outputs, models: [first] }: Ensemble): PythonModel {
    return {
        name,
        backend: "python",
        maxBatchSize,
        inputs,
        outputs,
        compute: first?.compute ?? { kind: "cpu" },
        ...(first?.dynamicBatching === undefined ? {} : { dynamicBatching: first.dynamicBatching }),
    };
}

/** What a model may not have that is one of several in a process, since Triton does not know it. */
const OWN = ["versionPolicy", "modelWarmup", "responseCache", "decoupled", "executionEnvironment"] as const;

function ownProblems(model: Model): string[] {
    const keys: Readonly<Record<string, unknown>> = { ...model };
    const given = OWN.filter((key) => keys[key] !== undefined && keys[key] !== false);
    const reshaped = [...model.inputs, ...model.outputs].filter(({ reshape }) => reshape !== undefined);
    return [
        ...(model.backend === "python" ? [] : [`backend ${model.backend}; accepted: python`]),
        ...given.map((key) => `${key}; accepted: nothing, since Triton sees the ensemble as one model`),
        ...reshaped.map(({ name }) => `tensor "${name}" has a reshape; accepted: none`),
    ].map((problem) => `model "${model.name}": ${problem}`);
}

/** Why the models cannot run in one process; empty where nobody asks for that. */
export function oneProcessProblems(ensemble: Ensemble): string[] {
    const { oneProcess = false, name, models } = ensemble;
    if (!oneProcess) return [];
    const differ = (["compute", "dynamicBatching"] as const).filter(
        (key) => new Set(models.map((model) => JSON.stringify(model[key]))).size > 1,
    );
    const problems = [
        ...models.flatMap(ownProblems),
        ...differ.map((key) => `the models have ${key} of their own; accepted: the same in all, since they run as one`),
    ];
    const asOne =
        problems.length > 0
            ? []
            : modelProblems(oneModel(ensemble)).map((problem) => problem.replace(/^model/, "ensemble"));
    return [...problems.map((problem) => `ensemble "${name}" with oneProcess: ${problem}`), ...asOne];
}

/** What runs the steps. */
const FOLDER = join(import.meta.dirname, "one-process");
const PROGRAM = ["model.py", "one_process_triton.py"];

/** The files of the ensemble as one Python model: path → content. Its models' folders lie beside its own, as in any repository. */
export function oneProcessFiles(ensemble: Ensemble): Readonly<Record<string, string>> {
    const { name, steps, models, outputs } = ensemble;
    const { order } = orderSteps(tensorEnds(ensemble), steps.length);
    const described = {
        models: models.map(modelDescription),
        steps: order.flatMap((index) => {
            const step = steps[index];
            return step === undefined
                ? []
                : [{ model: step.modelName, inputs: step.inputMap, outputs: step.outputMap }];
        }),
        outputs: outputs.map((tensor) => tensor.name),
    };
    return {
        [`${name}/config.pbtxt`]: modelConfig(oneModel(ensemble)),
        ...Object.fromEntries(PROGRAM.map((file) => [`${name}/1/${file}`, readFileSync(join(FOLDER, file), "utf8")])),
        [`${name}/1/steps.json`]: `${JSON.stringify(described, undefined, 2)}\n`,
    };
}
