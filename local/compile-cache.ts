import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Compiling Pulumi's packages is most of what a short command does: Node keeps what it has compiled. Not by ./project.ts, which imports more.
enableCompileCache(join(import.meta.dirname, "../.cache/node"));
