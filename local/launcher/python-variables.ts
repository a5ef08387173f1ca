import { dirname } from "node:path";

/** What the environment of every container that runs as a Python process begins with: nothing of this machine's but PATH. */
export const pythonVariables = (interpreter: string, baseFolder: string): Readonly<Record<string, string>> => ({
    PATH: `${dirname(interpreter)}:${process.env["PATH"] ?? ""}`,
    HOME: baseFolder,
    TMPDIR: baseFolder,
    LANG: "C.UTF-8",
    PYTHONUNBUFFERED: "1",
    PYTHONDONTWRITEBYTECODE: "1",
});
