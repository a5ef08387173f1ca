import type { Backend, Model, VersionPolicy } from "./model.ts";

/** Files that a version of a model needs; of several alternatives one. A folder in a file's place counts as well: large ONNX models are. */
const FILES: Readonly<Record<Backend, readonly (readonly string[])[]>> = {
    python: [["model.py"]],
    onnxruntime: [["model.onnx"]],
    tensorrt: [["model.plan"]],
    openvino: [["model.xml"], ["model.bin"]],
    pytorch: [["model.pt"]],
    dali: [["model.dali"]],
    fil: [["xgboost.model", "xgboost.json", "xgboost.ubj", "model.txt", "checkpoint.tl"]],
};

/** Folders that Triton takes for versions; one with a leading zero is not found again. */
const VERSION = /^(0|[1-9]\d*)\//;

function served(versions: readonly number[], policy: VersionPolicy = { latest: 1 }): readonly number[] {
    if (policy === "all") return versions;
    if ("specific" in policy) return policy.specific;
    return [...versions].sort((a, b) => b - a).slice(0, policy.latest);
}

/**
 * What the model's folder lacks, before Triton meets it: it would wait for minutes for a Python model without a file.
 * @param paths every file of the folder, relative to it, such as `1/model.py`
 */
export function modelFolderProblems(model: Model, paths: readonly string[]): string[] {
    const has = (path: string) => paths.some((found) => found === path || found.startsWith(`${path}/`));
    const versions = [...new Set(paths.flatMap((path) => VERSION.exec(path)?.[1] ?? []))].map(Number);
    const files = (version: number) =>
        FILES[model.backend]
            .filter((names) => !names.some((name) => has(`${version}/${name}`)))
            .map((names) => `there is no ${names.map((name) => `${version}/${name}`).join(" or ")}`);
    const first = FILES[model.backend].map(([name = ""]) => `1/${name}`).join(" and ");
    const environment = model.backend === "python" ? model.executionEnvironment : undefined;
    const warmups = (model.modelWarmup ?? []).flatMap(({ inputs = {} }) =>
        Object.values(inputs).flatMap(({ data }) => (typeof data === "object" ? `warmup/${data.file}` : [])),
    );
    return [
        ...(versions.length === 0 ? [`it has no version; accepted: a folder for each, with ${first}`] : []),
        ...(versions.length === 0 ? [] : served(versions, model.versionPolicy).flatMap(files)),
        ...[...new Set([...(environment === undefined ? [] : [environment]), ...warmups])]
            .filter((path) => !has(path))
            .map((path) => `there is no ${path}`),
        ...(has("config.pbtxt")
            ? ["config.pbtxt is generated from the stack's config; leave it out of the folder"]
            : []),
    ].map((problem) => `folder of model "${model.name}": ${problem}`);
}
