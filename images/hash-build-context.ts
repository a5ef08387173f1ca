import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { Ignore } from "@balena/dockerignore";
import type { BuildPlan } from "../plans/image.ts";

// its types declare a default export that its CommonJS module does not have
const dockerignore = createRequire(import.meta.url)("@balena/dockerignore") as () => Ignore;

/** What Docker leaves out of the context: the Dockerfile's own ignore file counts before the context's. */
function ignoreFile({ context, dockerfile }: BuildPlan): string {
    const own = `${dockerfile.location}.dockerignore`;
    return existsSync(own) ? own : join(context.location, ".dockerignore");
}

/** Files and links below a folder, by path, sorted. */
function filesBelow(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .sort();
}

/**
 * A hash over all that goes into an image: the files of the build context that the ignore file lets through, the Dockerfile, and the
 * build's arguments.
 * @returns 64 hexadecimal digits
 */
export function hashBuildContext(plan: BuildPlan): string {
    const rules = ignoreFile(plan);
    const ignored = dockerignore().add(existsSync(rules) ? readFileSync(rules, "utf8") : "");
    const hash = createHash("sha256");
    const { context, dockerfile, ...options } = plan;
    hash.update(JSON.stringify(options)).update(readFileSync(dockerfile.location));
    for (const path of filesBelow(context.location)) {
        if (ignored.ignores(path)) continue;
        const file = join(context.location, path);
        const stat = lstatSync(file);
        const content = stat.isSymbolicLink() ? readlinkSync(file) : readFileSync(file);
        hash.update(`${path}\0${stat.mode & 0o111 ? "x" : "-"}\0`).update(
            createHash("sha256").update(content).digest(),
        );
    }
    return hash.digest("hex");
}
