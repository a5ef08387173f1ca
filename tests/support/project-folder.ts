import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder of files for a test, as the working directory; `remove` puts the old one back. */
export interface ProjectFolder {
    readonly path: string;
    write(file: string, content: string | Uint8Array): void;
    remove(): void;
}

/** Makes a temporary folder with these files and goes there. */
export function projectFolder(files: Readonly<Record<string, string>>): ProjectFolder {
    const path = mkdtempSync(join(tmpdir(), "serial-inference-"));
    const before = process.cwd();
    const write = (file: string, content: string | Uint8Array) => {
        mkdirSync(dirname(join(path, file)), { recursive: true });
        writeFileSync(join(path, file), content);
    };
    for (const [file, content] of Object.entries(files)) write(file, content);
    process.chdir(path);
    return {
        path,
        write,
        remove() {
            process.chdir(before);
            rmSync(path, { recursive: true, force: true });
        },
    };
}
