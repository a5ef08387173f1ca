import { LIMITS, NAME_PATTERN } from "../limits.ts";
import { stepMediaTypes } from "../media-types.ts";
import type { Step } from "../step.ts";
import type { NamedRegistry } from "./settings.ts";

/** Every rule that registering a model of these steps breaks. */
export function registryProblems(registry: NamedRegistry, steps: readonly Step[]): string[] {
    const problems: string[] = [];
    if (!NAME_PATTERN.test(registry.group)) {
        problems.push(
            `group "${registry.group}" is no name: up to ${LIMITS.nameLength} letters, digits and inner hyphens; set registry.group`,
        );
    }
    const { contentTypes, responseTypes } = registryMediaTypes(registry, steps);
    if (contentTypes.length === 0) {
        problems.push(
            `what the first container takes is not known; set contentTypes of step "${steps.at(0)?.name ?? ""}", or registry.contentTypes`,
        );
    }
    if (responseTypes.length === 0) {
        problems.push(
            `what the last container answers is not known; set responseType of step "${steps.at(-1)?.name ?? ""}", or registry.responseTypes`,
        );
    }
    return [...problems.map((problem) => `registry: ${problem}`), ...steps.flatMap(stepProblems)];
}

/** What keeps a step from being a container of a version. */
function stepProblems({ name, image, multiModel }: Step): string[] {
    const problem = (text: string): string => `registry: step "${name}": ${text}`;
    if (multiModel !== undefined) {
        return [
            problem(
                "a model package cannot say that a container holds many models; the stack can host it, not register it",
            ),
        ];
    }
    if ("modelPackage" in image || "packaged" in image) {
        return [problem("it comes from a model package, which another one cannot hold; give its image and artifact")];
    }
    if ("prebuilt" in image && image.prebuilt.digest === undefined) {
        const { name: repository, version } = image.prebuilt;
        return [
            problem(
                `image ${repository}:${version} is named by a tag, which AWS moves, and a version must stay what was approved; ` +
                    "set image.prebuilt.digest, which docker pull prints",
            ),
        ];
    }
    return [];
}

/** What the whole line of containers takes and answers. */
export function registryMediaTypes(
    { contentTypes, responseTypes }: Pick<NamedRegistry, "contentTypes" | "responseTypes">,
    steps: readonly Step[],
): { readonly contentTypes: readonly string[]; readonly responseTypes: readonly string[] } {
    const [first, last] = [steps.at(0), steps.at(-1)];
    const answered = last && stepMediaTypes(last).responseType;
    return {
        contentTypes: contentTypes ?? (first && stepMediaTypes(first).contentTypes) ?? [],
        responseTypes: responseTypes ?? (answered === undefined ? [] : [answered]),
    };
}
