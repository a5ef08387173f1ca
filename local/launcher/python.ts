import { execFileSync } from "node:child_process";
import { PlanError } from "../../plans/plan-error.ts";

/** The versions of Python 3 that the pinned packages have wheels for. */
const MINORS: Minors = { min: 10, max: 14 };
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

/** A range of minor versions of Python 3, both ends included. */
export interface Minors {
    readonly min: number;
    readonly max: number;
}

function isSupported({ version }: Python, { min, max }: Minors): boolean {
    const [major = 0, minor = 0] = version.split(".").map(Number);
    return major === 3 && minor >= min && minor <= max;
}

/** Names that a supported interpreter may have, the machine's default first, then the newest. */
function candidates({ min, max }: Minors): string[] {
    const minors = Array.from({ length: max - min + 1 }, (_, index) => max - index);
    return ["python3", "python", ...minors.map((minor) => `python3.${minor}`)];
}

/**
 * The interpreter that virtual environments are made with: `$PYTHON`, else the first supported one on PATH.
 * @param minors versions that will do. @default - those that the pinned packages have wheels for
 * @throws {PlanError} where there is none of a supported version
 */
export function findPython(environment: NodeJS.ProcessEnv = process.env, minors: Minors = MINORS): Python {
    const chosen = environment["PYTHON"];
    const seen: string[] = [];
    for (const command of chosen === undefined ? candidates(minors) : [chosen]) {
        const python = look(command);
        if (python !== undefined && isSupported(python, minors)) return python;
        if (python !== undefined) seen.push(`${python.executable} is ${python.version}`);
    }
    const found = seen.length > 0 ? [...new Set(seen)].join(", ") : `there is no ${chosen ?? "python3"}`;
    const wanted = `Python 3.${minors.min} to 3.${minors.max} on PATH, or named by $PYTHON`;
    throw new PlanError("Python", [`${found}; accepted: ${wanted}`]);
}
