import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { tritonInterpreter } from "./python.ts";

/** What NVIDIA's own description of ModelConfig reads in the texts; 64-bit numbers are text there, and what is 0 or false is left out. */
export const readConfigs = (texts: readonly string[]): unknown =>
    JSON.parse(
        execFileSync(tritonInterpreter(), [join(import.meta.dirname, "parse_configs.py")], {
            input: JSON.stringify(texts),
            encoding: "utf8",
        }),
    );
