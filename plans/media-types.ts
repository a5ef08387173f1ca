import type { Step } from "./step.ts";
import { isTriton } from "./triton/triton-step.ts";

/** What a container takes and answers, where it is known. */
interface MediaTypes {
    /** Content types of requests it takes; undefined: not known. */
    readonly contentTypes: readonly string[] | undefined;
    /** Content type of its response to a request without Accept; undefined: not known. */
    readonly responseType: string | undefined;
}

/**
 * AWS's images by repository, from their documentation: what they take, and what they answer without Accept.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/cdf-inference.html
 */
const PREBUILT: Readonly<Record<string, Required<MediaTypes>>> = {
    "linear-learner": {
        contentTypes: ["text/csv", "application/json", "application/x-recordio-protobuf"],
        responseType: "application/json",
    },
    "sagemaker-xgboost": {
        contentTypes: ["text/csv", "text/libsvm", "application/x-recordio-protobuf"],
        responseType: "text/csv",
    },
    "sagemaker-sparkml-serving": {
        contentTypes: ["text/csv", "application/json"],
        responseType: "text/csv",
    },
};

/** What Triton's SageMaker endpoint takes: requests of KServe's protocol, version 2. It answers in JSON unless the request asks for bytes. */
const TRITON: Required<MediaTypes> = {
    contentTypes: ["application/json", "application/vnd.sagemaker-triton.binary+json"],
    responseType: "application/json",
};

/** What AWS's images and the step server read their default Accept from. */
export const DEFAULT_ACCEPT = "SAGEMAKER_DEFAULT_INVOCATIONS_ACCEPT";

/** What the step's container takes and answers: as the step says, else as AWS documents its image. */
export function stepMediaTypes(step: Step): MediaTypes {
    const { image, contentTypes, responseType, environment } = step;
    const known = isTriton(step) ? TRITON : "prebuilt" in image ? PREBUILT[image.prebuilt.name] : undefined;
    return {
        contentTypes: contentTypes ?? known?.contentTypes,
        responseType: responseType ?? environment?.[DEFAULT_ACCEPT] ?? known?.responseType,
    };
}

/**
 * Neighbours that are known not to understand each other. Accept reaches the last container alone, so every other one answers with its
 * own default type, which is the content type of the next one's request.
 */
export function mediaTypeProblems(steps: readonly Step[]): string[] {
    return steps.slice(0, -1).flatMap((step, index) => {
        const next = steps[index + 1];
        const { responseType } = stepMediaTypes(step);
        const taken = next === undefined ? undefined : stepMediaTypes(next).contentTypes;
        if (next === undefined || responseType === undefined || taken === undefined || taken.includes(responseType))
            return [];
        return [
            `step "${step.name}" answers ${responseType}, which step "${next.name}" does not take; it takes ${taken.join(", ")}. ` +
                `Set responseType of "${step.name}" to one of them`,
        ];
    });
}
