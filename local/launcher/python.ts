import { execFileSync } from "node:child_process";
import { PlanError } from "../../plans/plan-error.ts";

/** The versions of Python 3 that the pinned packages have wheels for. */
const MINORS = { min: 10, max: 14 };
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

function isSupported({ version }: Python): boolean {
    const [major = 0, minor = 0] = version.split(".").map(Number);
    return major === 3 && minor >= MINORS.min && minor <= MINORS.max;
}

/** Names that a supported interpreter may have, the machine's default first, then the newest. */
function candidates(): string[] {
    const minors = Array.from({ length: MINORS.max - MINORS.min + 1 }, (_, index) => MINORS.max - index);
    return ["python3", "python", ...minors.map((minor) => `python3.${minor}`)];
}

/**
 * The interpreter that virtual environments are made with: `$PYTHON`, else the first supported one on PATH.
 * @throws {PlanError} where there is none of a supported version
 */
export function findPython(environment: NodeJS.ProcessEnv = process.env): Python {
    const chosen = environment["PYTHON"];
    const seen: string[] = [];
    for (const command of chosen === undefined ? candidates() : [chosen]) {
        const python = look(command);
        if (python !== undefined && isSupported(python)) return python;
        if (python !== undefined) seen.push(`${python.executable} is ${python.version}`);
    }
    const found = seen.length > 0 ? [...new Set(seen)].join(", ") : `there is no ${chosen ?? "python3"}`;
    const wanted = `Python 3.${MINORS.min} to 3.${MINORS.max} on PATH, or named by $PYTHON`;
    throw new PlanError("Python", [`${found}; accepted: ${wanted}`]);
}
