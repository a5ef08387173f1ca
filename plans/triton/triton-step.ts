import type { Step } from "../step.ts";
import type { Ensemble } from "./ensemble.ts";
import { tritonProblems } from "./problems.ts";

/** What Triton loads at the start, with all that it runs; AWS's start-up script ends where it finds several models and no such name. */
const DEFAULT_MODEL = "SAGEMAKER_TRITON_DEFAULT_MODEL_NAME";
/** The script's default, `true`, logs several lines for each request. */
const LOG_VERBOSE = "SAGEMAKER_TRITON_LOG_VERBOSE";
const ADDITIONAL_ARGUMENTS = "SAGEMAKER_TRITON_ADDITIONAL_ARGS";
/** 64 MiB. */
const RESPONSE_CACHE = "--cache-config=local,size=67108864";

const isCached = ({ models }: Ensemble): boolean => models.some(({ responseCache }) => responseCache ?? false);

/** What the start-up script of Triton's image reads; the step's own environment comes over it. */
export const tritonEnvironment = (ensemble: Ensemble): Readonly<Record<string, string>> => ({
    [DEFAULT_MODEL]: ensemble.name,
    [LOG_VERBOSE]: "false",
    ...(isCached(ensemble) && { [ADDITIONAL_ARGUMENTS]: RESPONSE_CACHE }),
});

/** Arguments of the step's own come in the place of those that open the cache, and without a cache Triton loads the model all the same. */
function cacheProblems({ environment }: Step, ensemble: Ensemble): string[] {
    const given = environment?.[ADDITIONAL_ARGUMENTS];
    return given === undefined || !isCached(ensemble) || /(^| )--cache-config[= ]/.test(given)
        ? []
        : [
              `environment key "${ADDITIONAL_ARGUMENTS}" is "${given}", which leaves models with responseCache without a cache; ` +
                  `accepted: the same with ${RESPONSE_CACHE}, or another size`,
          ];
}

/** Whether Triton serves the step. */
export const isTriton = ({ server, triton }: Step): boolean => triton !== undefined || server === "triton-server";

function artifactProblems({ artifact, multiModel }: Step): string[] {
    if (multiModel !== undefined) {
        return [
            "triton describes one ensemble, and multiModel holds many repositories, each with its config.pbtxt files; " +
                "leave out triton, and set server to triton-server",
        ];
    }
    if (artifact === undefined || "models" in artifact || "uri" in artifact) {
        return [
            "triton needs artifact.path, the folder with a folder for each of its models, so that each config.pbtxt can be generated",
        ];
    }
    return artifact.path.endsWith(".tar.gz")
        ? [`triton: artifact.path is the archive "${artifact.path}"; accepted: a folder with a folder for each model`]
        : [];
}

function ensembleProblems(step: Step, ensemble: Ensemble): string[] {
    const { image, server, environment } = step;
    return [
        ...artifactProblems(step),
        ...("modelPackage" in image ? ["triton is not for model packages, which bring their own artifact"] : []),
        ...(server === undefined || server === "triton-server"
            ? []
            : [`triton needs server triton-server, not ${server}; leave "server" out`]),
        ...(environment?.[DEFAULT_MODEL] === undefined
            ? []
            : [`environment key "${DEFAULT_MODEL}" is set from triton.name; leave it out`]),
        ...cacheProblems(step, ensemble),
        ...tritonProblems(ensemble).map((problem) => `triton: ${problem}`),
    ];
}

/** Every rule that a step breaks in which Triton serves, by what it says alone; empty for another step. */
export function tritonStepProblems(step: Step): string[] {
    if (!isTriton(step)) return [];
    return [
        ...(step.responseType === undefined
            ? []
            : ["responseType: Triton answers in the form that the request asks for; leave it out"]),
        ...(step.triton === undefined ? [] : ensembleProblems(step, step.triton)),
    ].map((problem) => `step "${step.name}": ${problem}`);
}
