import { SOURCES } from "./step.ts";

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === "object" && value !== null && !Array.isArray(value);

/** Steps without an image, which may do without where a model package brings the containers. */
export function missingImages(raw: Readonly<Record<string, unknown>>, namespace: string): string[] {
    const { steps, modelPackage } = raw;
    if (modelPackage !== undefined || !Array.isArray(steps)) return [];
    return steps.flatMap((step: unknown, index) =>
        isMapping(step) && step["image"] === undefined
            ? [
                  `${namespace}steps[${index}].image: missing; accepted: a mapping with exactly one of ${SOURCES.join(", ")}`,
              ]
            : [],
    );
}
