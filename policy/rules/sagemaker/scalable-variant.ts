import type { Fields } from "../../framework/fields.ts";

/** Whether a scalable target is one of SageMaker's, by its service or by its dimension. */
export const isSageMaker = (target: Fields): boolean =>
    target.text("serviceNamespace") === "sagemaker" ||
    (target.text("scalableDimension") ?? "").startsWith("sagemaker:variant:");
