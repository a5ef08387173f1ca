import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach } from "mocha";

/** Gives each test of a suite a folder of its own, which is removed after it. */
export function useFolder(): (...segments: string[]) => string {
    let folder = "";
    beforeEach(() => {
        folder = mkdtempSync(join(realpathSync(tmpdir()), "artifacts-"));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true });
    });
    return (...segments) => join(folder, ...segments);
}

/** Writes files, given by their path below the folder, in the order given; returns the folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): string {
    for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
    }
    return folder;
}
