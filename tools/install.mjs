// Installs the locked npm packages where they are missing or older than package-lock.json. Runs before every npm script
// that needs them, on whatever Node ≥ 20 the machine has, so it uses nothing that is not built in.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "node_modules", ".installed");
const locked = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
const pinnedNode = join(root, "node_modules", ".bin", "node");

const npm = (...args) => {
    const { status, error } = spawnSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], {
        cwd: root,
        stdio: ["ignore", 2, 2], // stdout belongs to the command that follows
        shell: process.platform === "win32",
    });
    if (status !== 0) {
        console.error(`npm ${args.join(" ")} failed${error ? `: ${error.message}` : ` with exit code ${status}`}`);
        process.exit(status ?? 1);
    }
};

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== locked) {
    console.error("installing npm packages …");
    npm("ci");
    if (!existsSync(pinnedNode)) npm("rebuild", "node"); // where npm is set to run no install scripts
    writeFileSync(stamp, locked);
}
