import { execFileSync } from "node:child_process";
import { PlanError } from "../../plans/plan-error.ts";

const MINIMUM = [3, 10] as const;
const PROGRAM = "import sys; print(sys.version_info[0], sys.version_info[1], sys.executable)";

/** A Python interpreter of the machine. */
export interface Python {
    /** Such as `3.12`. */
    readonly version: string;
    /** Absolute path of the interpreter. */
    readonly executable: string;
}

function look(command: string): Python | undefined {
    try {
        const [major = "", minor = "", ...executable] = execFileSync(command, ["-c", PROGRAM], {
            stdio: ["ignore", "pipe", "ignore"],
        })
            .toString()
            .trim()
            .split(" ");
        return { version: `${major}.${minor}`, executable: executable.join(" ") };
    } catch {
        return undefined;
    }
}

function isNewEnough({ version }: Python): boolean {
    const [major = 0, minor = 0] = version.split(".").map(Number);
    return major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
}

/**
 * The interpreter that virtual environments are made with: `$PYTHON`, else `python3` or `python` on PATH.
 * @throws {PlanError} where there is none of 3.10 or later
 */
export function findPython(environment: NodeJS.ProcessEnv = process.env): Python {
    const chosen = environment["PYTHON"];
    const commands = chosen === undefined ? ["python3", "python"] : [chosen];
    const found = commands.flatMap((command) => look(command) ?? []);
    const python = found.find(isNewEnough);
    if (python !== undefined) return python;
    const seen = found.map(({ executable, version }) => `${executable} is ${version}`).join(", ");
    const wanted = `accepted: Python ${MINIMUM.join(".")} or later on PATH, or named by $PYTHON`;
    throw new PlanError("Python", [`found ${seen === "" ? `no ${commands.join(" or ")}` : seen}; ${wanted}`]);
}
