import { refuse } from "../plans/plan-error.ts";
import type { Tree, TreeEntry } from "./scan-tree.ts";

const byPath = (tree: Tree): Map<string, TreeEntry> => new Map(tree.entries.map((entry) => [entry.path, entry]));

function changes(before: Tree, now: Tree): string[] {
    const known = byPath(before);
    const found = byPath(now);
    return [
        ...now.problems,
        ...now.entries
            .filter(({ path }) => !known.has(path))
            .map(({ path }) => `"${path}" was added while it was read`),
        ...before.entries.flatMap((entry) => {
            const current = found.get(entry.path);
            if (current === undefined) return [`"${entry.path}" was removed while it was read`];
            const same = current.kind === entry.kind && current.identity === entry.identity;
            return same ? [] : [`"${entry.path}" changed while it was read`];
        }),
    ];
}

/**
 * Does `read`, whose result holds only where the tree is still the one that was scanned.
 *
 * @throws {PlanError} naming every file that changed, whether `read` noticed or not
 */
export async function whileUnchanged<T>(tree: Tree, read: () => Promise<T>): Promise<T> {
    const check = (): void => {
        refuse(`artifact "${tree.root}"`, changes(tree, tree.rescan()));
    };
    const result = await read().catch((error: unknown) => {
        check();
        throw error;
    });
    check();
    return result;
}
