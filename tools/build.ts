import { spawnSync } from "node:child_process";
import { cpSync, globSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** Where tsconfig.build.json puts JavaScript and types. */
const DIST = "dist";
/** Files that modules read from beside themselves. */
const ASSETS = "plans/**/*.py";

/** Makes the npm package's JavaScript and types: Node strips no types below node_modules. */
process.chdir(dirname(import.meta.dirname));
rmSync(DIST, { recursive: true, force: true });
const { status } = spawnSync("tsc", ["-p", "tsconfig.build.json"], {
    stdio: "inherit",
    shell: process.platform === "win32",
});
if (status === 0) for (const file of globSync(ASSETS)) cpSync(file, join(DIST, file));
process.exitCode = status ?? 1;
