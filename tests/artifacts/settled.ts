import { scanTree, type Tree } from "../../artifacts/scan-tree.ts";

/** The tree at the path as if its files had not changed for long; no test can set a ctime. */
export function settled(path: string): Tree {
    const tree = scanTree(path);
    return { ...tree, entries: tree.entries.map((entry) => ({ ...entry, changedMs: 0 })) };
}
