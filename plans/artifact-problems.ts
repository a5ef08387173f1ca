import type { ArtifactSource, Step } from "./step.ts";

const FORMS = ["path", "models", "uri"] as const;

const NEEDED = "multiModel needs artifact.models, a folder of models, or artifact.uri, a prefix that ends in /";

/** Whether many models can lie there. */
function holdsModels(artifact: ArtifactSource | undefined): boolean {
    if (artifact === undefined || "path" in artifact) return false;
    return "models" in artifact || typeof artifact.uri !== "string" || artifact.uri.endsWith("/");
}

/** Every rule that a step's artifact breaks, by what it says alone. */
export function artifactProblems({ name, image, artifact, multiModel }: Step): string[] {
    const problem = (text: string): string => `step "${name}": ${text}`;
    const given = FORMS.filter((form) => artifact !== undefined && form in artifact);
    if (artifact !== undefined && given.length !== 1) {
        return [
            problem(
                `artifact has ${given.length === 0 ? "none" : given.join(" and ")}; one of path, models, uri is accepted`,
            ),
        ];
    }
    const problems: string[] = [];
    if (multiModel === undefined && artifact !== undefined && "models" in artifact) {
        problems.push(
            problem('artifact.models is for a step with multiModel; name one model by "path", or set multiModel'),
        );
    }
    if (multiModel !== undefined) {
        if (!holdsModels(artifact)) problems.push(problem(NEEDED));
        if ("modelPackage" in image) problems.push(problem("multiModel is not for model packages"));
    }
    const many = multiModel !== undefined || (artifact !== undefined && "models" in artifact);
    if (many && artifact !== undefined && "compression" in artifact) {
        problems.push(problem("artifact.compression is not for many models, each of which is a .tar.gz; leave it out"));
    }
    return problems;
}
