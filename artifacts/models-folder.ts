import { type Dirent, existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { targetModelProblem } from "../plans/target-model.ts";
import { systemReason } from "./system-reason.ts";

/** A model of a folder of models. */
export interface ModelSource {
    /** Its key below the prefix, which is what TargetModel names: `europe/lisbon.tar.gz`. */
    readonly key: string;
    /** Absolute path of the `.tar.gz`, or of the directory that is to be packed. */
    readonly path: string;
}

export interface ModelsFolder {
    /** Bytewise by key. */
    readonly models: readonly ModelSource[];
    /** Why the folder can be no prefix of models; empty when it can. */
    readonly problems: readonly string[];
}

const ARCHIVE = ".tar.gz";

const isArchive = (entry: Dirent): boolean => entry.isFile() && entry.name.endsWith(ARCHIVE);
const isLooseFile = (entry: Dirent): boolean => !entry.isDirectory() && !isArchive(entry);

/** The configuration of a model of Triton's, which stands in the model's directory. */
export const TRITON_CONFIG = "config.pbtxt";

/** Whether a directory is a model: it holds files, or directories of models as Triton's repositories do. */
const isModel = (directory: string, entries: readonly Dirent[]): boolean =>
    entries.some(isLooseFile) ||
    entries.some((entry) => entry.isDirectory() && existsSync(join(directory, entry.name, TRITON_CONFIG)));

const entriesOf = (directory: string): Dirent[] => readdirSync(directory, { withFileTypes: true });

/**
 * Lists the models below a folder, and reads none. A `.tar.gz` is a model. A directory that holds files is one too, to be packed to
 * `NAME.tar.gz`, and so is a repository of Triton's, one of whose directories holds a `config.pbtxt`; another directory that holds nothing
 * but directories and `.tar.gz` files is part of its models' keys.
 */
export function scanModels(folder: string): ModelsFolder {
    const root = resolve(folder);
    const models: ModelSource[] = [];
    const problems: string[] = [];

    const scan = (directory: string, prefix: string): void => {
        const shown = prefix === "" ? `the folder` : `"${prefix.slice(0, -1)}"`;
        let entries: Dirent[];
        try {
            entries = entriesOf(directory);
        } catch (error) {
            problems.push(`${shown} cannot be read: ${systemReason(error)}`);
            return;
        }
        const loose = entries.filter(isLooseFile);
        const archives = entries.filter(isArchive);
        if (prefix !== "" && archives.length === 0 && isModel(directory, entries)) {
            models.push({ key: prefix.slice(0, -1) + ARCHIVE, path: directory });
            return;
        }
        for (const { name } of loose) {
            const why = prefix === "" ? "a folder of models holds" : `beside "${archives[0]?.name ?? ""}" there may be`;
            problems.push(`"${prefix}${name}" is no model: ${why} .tar.gz files and directories only`);
        }
        if (entries.length === 0) problems.push(`${shown} holds no models`);
        for (const { name } of archives) models.push({ key: prefix + name, path: join(directory, name) });
        for (const entry of entries) {
            if (entry.isDirectory()) scan(join(directory, entry.name), `${prefix}${entry.name}/`);
        }
    };
    scan(root, "");
    return { models: sortByKey(models), problems: [...problems, ...keyProblems(models)] };
}

function keyProblems(models: readonly ModelSource[]): string[] {
    const seen = new Set<string>();
    return models.flatMap(({ key }) => {
        const problem = targetModelProblem(key);
        if (problem !== undefined) return [`model "${key}" could not be named by TargetModel: ${problem}`];
        if (seen.has(key)) return [`model "${key}" is there twice, as a .tar.gz and as a directory`];
        seen.add(key);
        return [];
    });
}

const sortByKey = (models: readonly ModelSource[]): ModelSource[] =>
    models.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));

/**
 * The model under a key, as {@link scanModels} would list it, found without listing the others.
 * @returns undefined where there is none
 */
export function findModel(folder: string, key: string): ModelSource | undefined {
    const segments = key.split("/");
    if (!key.endsWith(ARCHIVE) || segments.some((segment) => ["", ".", ".."].includes(segment))) return undefined;
    const root = resolve(folder);
    const above = segments.slice(1).map((_, index) => join(root, ...segments.slice(0, index + 1)));
    try {
        // what lies in a model's directory is part of that model
        if (above.some((directory) => isModel(directory, entriesOf(directory)))) return undefined;
        const path = join(root, ...segments);
        if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) return { key, path };
        const directory = path.slice(0, -ARCHIVE.length);
        return isModel(directory, entriesOf(directory)) ? { key, path: directory } : undefined;
    } catch {
        return undefined; // not there, or not to be read
    }
}
