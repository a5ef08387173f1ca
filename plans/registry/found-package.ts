import type { Step } from "../step.ts";
import { approve } from "./selection.ts";

/** One container of a version. */
export interface PackagedContainer {
    /** As the version says, else as SageMaker names the container by its position. */
    readonly hostname: string;
    /** URI of the image; undefined where it is hidden, as those of AWS Marketplace are. */
    readonly image: string | undefined;
    /** What the container reads in S3. */
    readonly data: readonly PackagedData[];
}

/** Model data of a container. */
export interface PackagedData {
    /** `s3://bucket/key` */
    readonly uri: string;
    /** Whether it is all that lies below the key. */
    readonly isPrefix: boolean;
}

/** A version of a model package as SageMaker describes it. */
export interface FoundPackage {
    readonly arn: string;
    readonly approval: string;
    readonly status: string;
    /** In the order requests flow. */
    readonly containers: readonly PackagedContainer[];
    /** ARNs of the KMS keys that the artifacts are encrypted with. */
    readonly keys: readonly string[];
}

/** Keys of a step that have no effect where its container comes with a model package. */
const OF_OWN_CONTAINERS = [
    "artifact",
    "environment",
    "server",
    "triton",
    "architecture",
    "multiModel",
    "formerName",
] as const satisfies readonly (keyof Step)[];

/** Every rule that deploying a version as a model of these steps breaks; without one, that no step relies on one. */
export function packageProblems(found: FoundPackage | undefined, steps: readonly Step[]): string[] {
    if (found === undefined) {
        return steps
            .filter(({ image }) => "packaged" in image)
            .map(({ name }) => `step "${name}" has no image; name one, or deploy a version by modelPackage`);
    }
    return [...steps.flatMap(givenInVain), ...usableProblems(found), ...containerProblems(found, steps)].map(
        (problem) => `modelPackage: ${problem}`,
    );
}

function givenInVain(step: Step): string[] {
    const given = [
        ...("packaged" in step.image ? [] : ["image"]),
        ...OF_OWN_CONTAINERS.filter((key) => step[key] !== undefined),
    ];
    return given.length === 0
        ? []
        : [`step "${step.name}" has ${given.join(", ")}, and its container comes with the package; leave that out`];
}

function usableProblems({ arn, approval, status }: FoundPackage): string[] {
    return [
        ...(status === "Completed" ? [] : [`"${arn}" is ${status}, not Completed; SageMaker makes no model of it`]),
        ...(approval === "Approved" ? [] : [`"${arn}" is ${approval}, not Approved. ${approve(arn)}`]),
    ];
}

function containerProblems({ arn, containers }: FoundPackage, steps: readonly Step[]): string[] {
    const found = containers.map(({ hostname }) => hostname);
    const wanted = steps.map(({ name }) => name);
    if (found.join() === wanted.join()) return [];
    return [
        `"${arn}" has the containers ${found.join(", ")}, and the steps are ${wanted.join(", ")}; ` +
            "they must be the same, in the same order",
    ];
}
