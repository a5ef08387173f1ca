import type { Ensemble, EnsembleStep } from "./ensemble.ts";
import { modelConfig, tensorMessage } from "./model-config.ts";
import { oneProcessFiles } from "./one-process.ts";
import { mapField, type Message, prototext } from "./prototext.ts";

const step = ({ modelName, inputMap, outputMap }: EnsembleStep): Message => ({
    model_name: modelName,
    model_version: -1,
    input_map: mapField(inputMap, (tensor) => tensor),
    output_map: mapField(outputMap, (tensor) => tensor),
});

/** The ensemble's own config.pbtxt. */
export const ensembleConfig = ({ name, maxBatchSize, inputs, outputs, steps }: Ensemble): string =>
    prototext({
        name,
        platform: "ensemble",
        max_batch_size: maxBatchSize,
        input: inputs.map(tensorMessage),
        output: outputs.map(tensorMessage),
        ensemble_scheduling: { step: steps.map(step) },
    });

/** An ensemble has no files, yet Triton wants a folder with a version's number, and neither archives by content nor S3 keep an empty one. */
const ensembleFiles = (ensemble: Ensemble): Readonly<Record<string, string>> => ({
    [`${ensemble.name}/config.pbtxt`]: ensembleConfig(ensemble),
    [`${ensemble.name}/1/README`]: "The ensemble's steps are in ../config.pbtxt.\n",
});

/** What the models' own files lack to be Triton's model repository: path → content. */
export const repositoryFiles = (ensemble: Ensemble): Readonly<Record<string, string>> => ({
    ...Object.fromEntries(ensemble.models.map((model) => [`${model.name}/config.pbtxt`, modelConfig(model)])),
    ...(ensemble.oneProcess === true ? oneProcessFiles(ensemble) : ensembleFiles(ensemble)),
});
