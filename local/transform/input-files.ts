import { readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { refuse } from "../../plans/plan-error.ts";

/** A file to transform. */
export interface InputFile {
    /** Relative to the input, with `/`; its result is `<path>.out`. */
    readonly path: string;
    readonly file: string;
    /** Bytes. */
    readonly size: number;
    /** When it was last written, in milliseconds since 1970. */
    readonly modifiedMs: number;
}

const exists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/** The path with links resolved, as far as it exists. */
const resolved = (path: string): string =>
    exists(path) ? realpathSync(path) : join(resolved(dirname(path)), basename(path));

const isWithin = (inner: string, outer: string): boolean => {
    const path = relative(outer, inner);
    return path !== ".." && !path.startsWith(`..${sep}`);
};

/** Files below a folder, whose names do not begin with a dot. */
const filesBelow = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((path) => !path.split(sep).some((part) => part.startsWith(".")))
        .filter((path) => statSync(join(folder, path)).isFile())
        .sort();

/**
 * The files of a folder in the order of their paths, or the one file that is named; hidden ones are left out.
 * @param output the folder of results, which must not lie within the input, nor the input within it
 * @throws {PlanError} where there is no file, or input and output lie in each other
 */
export function inputFiles(input: string, output: string): InputFile[] {
    refuse("--input", exists(input) ? [] : [`there is no file or folder "${input}"`]);
    const isFolder = statSync(input).isDirectory();
    const folder = isFolder ? input : dirname(input);
    const [from, to] = [resolved(folder), resolved(output)];
    const mixed = isFolder ? isWithin(to, from) || isWithin(from, to) : to === from;
    refuse(
        "--output",
        mixed ? [`"${output}" and the input "${input}" lie in each other; results would become input`] : [],
    );
    refuse(
        "--output",
        exists(output) && !statSync(output).isDirectory() ? [`"${output}" is a file; accepted: a folder`] : [],
    );
    const paths = isFolder ? filesBelow(folder) : [basename(input)];
    refuse("--input", paths.length === 0 ? [`folder "${input}" holds no files`] : []);
    return paths.map((path) => {
        const file = join(folder, path);
        const { size, mtimeMs } = statSync(file);
        return { path: path.replaceAll(sep, "/"), file, size, modifiedMs: mtimeMs };
    });
}
