import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ModelSource, TRITON_CONFIG } from "../artifacts/models-folder.ts";

/** A model of a repository that an ensemble runs, and that Triton so loads under its own name. */
interface InnerModel {
    readonly name: string;
    /** The repository's key. */
    readonly key: string;
}

const isEnsemble = (config: string): boolean => /^\s*(platform\s*:\s*"ensemble"|ensemble_scheduling\b)/m.test(config);

/** Names of the models of a repository, and those of them that are ensembles. */
function modelsOf(path: string): { readonly names: readonly string[]; readonly ensembles: readonly string[] } {
    const names = readdirSync(path).filter((name) => existsSync(join(path, name, TRITON_CONFIG)));
    return {
        names,
        ensembles: names.filter((name) => isEnsemble(readFileSync(join(path, name, TRITON_CONFIG), "utf8"))),
    };
}

/**
 * What keeps directories from being repositories of one Triton that holds them all. The model that a request runs is known to Triton by
 * the id under which it is loaded; what an ensemble runs has its own name, which no other repository may have too. Archives are not read.
 */
export function repositoriesProblems(models: readonly ModelSource[]): string[] {
    const problems: string[] = [];
    const inner: InnerModel[] = [];
    for (const { key, path } of models.filter((model) => !model.path.endsWith(".tar.gz"))) {
        const { names, ensembles } = modelsOf(path);
        const [ensemble] = ensembles;
        if (names.length === 0) {
            problems.push(
                `model "${key}": it has no folder with a ${TRITON_CONFIG}; accepted: a folder for each of its models`,
            );
        } else if (names.length > 1 && ensembles.length !== 1) {
            const found = ensembles.length === 0 ? "none" : ensembles.join(", ");
            problems.push(
                `model "${key}": of ${names.join(", ")} one must be the ensemble that runs the others; found ${found}`,
            );
        }
        if (names.length > 1) inner.push(...names.filter((name) => name !== ensemble).map((name) => ({ name, key })));
    }
    for (const name of new Set(inner.map((model) => model.name))) {
        const keys = inner.filter((model) => model.name === name).map(({ key }) => `"${key}"`);
        if (keys.length > 1) {
            problems.push(
                `models ${keys.join(", ")} each run a "${name}"; in one Triton what ensembles run has a name of its own over all repositories`,
            );
        }
    }
    return problems;
}
