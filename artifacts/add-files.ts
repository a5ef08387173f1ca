import { createHash } from "node:crypto";
import { dirname } from "node:path/posix";
import { sortBytewise, type Tree, type TreeEntry } from "./scan-tree.ts";

function generatedFile(path: string, text: string): TreeEntry {
    const content = Buffer.from(text);
    const identity = createHash("sha256").update(content).digest("hex");
    return { path, kind: "file", file: "", size: content.length, executable: false, identity, changedMs: 0, content };
}

/** The directories that a path goes through, the outermost first. */
function directories(path: string): string[] {
    const above = dirname(path);
    return above === "." ? [] : [...directories(above), above];
}

/**
 * A directory's tree with files that are generated. They lie nowhere: they are read from memory.
 * @param files path → content; a path that the tree has already is a problem of the new tree
 */
export function addFiles(tree: Tree, files: Readonly<Record<string, string>>): Tree {
    const paths = Object.keys(files);
    if (paths.length === 0) return tree;
    const known = new Set(tree.entries.map(({ path }) => path));
    const missing = [...new Set(paths.flatMap(directories))].filter((path) => !known.has(path));
    const entries: TreeEntry[] = [
        ...tree.entries,
        ...missing.map((path) => ({
            path,
            kind: "directory" as const,
            file: "",
            size: 0,
            executable: true,
            identity: "",
            changedMs: 0,
        })),
        ...Object.entries(files).map(([path, text]) => generatedFile(path, text)),
    ];
    const twice = paths.filter((path) => known.has(path));
    return {
        ...tree,
        entries: sortBytewise(entries),
        problems: [...tree.problems, ...twice.map((path) => `"${path}" is generated; leave it out`)],
        rescan: () => addFiles(tree.rescan(), files),
    };
}
