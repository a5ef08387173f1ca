import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Progress } from "../progress.ts";
import { freePort } from "./free-port.ts";
import type { Launcher } from "./launch.ts";
import { pythonVariables } from "./python-variables.ts";
import { pythonEnvironment } from "./python-environment.ts";
import { findPython, type Python } from "./python.ts";

/** The Python package that starts Triton. */
const SERVER_PACKAGE = "triton_server";
/** The versions of Python 3 in which nvidia-pytriton's Python backend runs with the NumPy that it needs. */
const MINORS = { min: 10, max: 12 };

/** @throws {PlanError} where this machine has no Python that Triton's backend runs in */
export const findTritonPython = (): Python => findPython(process.env, MINORS);

export interface TritonPythonOptions {
    /** The folder in which the server's package lies, and the model's requirements. */
    readonly context: string;
    /** What the models need: a requirements file. @default - NumPy alone */
    readonly requirements?: string | undefined;
    /** Folder of virtual environments. */
    readonly cache: string;
    readonly progress: Progress;
}

export interface TritonLauncherOptions extends TritonPythonOptions {
    /** The container's variables: `SAGEMAKER_TRITON_*`, `SAGEMAKER_MULTI_MODEL`, and the models' own. */
    readonly environment: Readonly<Record<string, string>>;
    /** Stands for /opt/ml; its `model` is the model repository. Groups for a GPU are rewritten in it where there is none. */
    readonly baseFolder: string;
}

/**
 * The interpreter of the virtual environment that Triton and the models run in, made where it is missing.
 * @throws {PlanError} where this machine has no Python that Triton's backend runs in
 */
export function tritonPython({ context, requirements, cache, progress }: TritonPythonOptions): Promise<string> {
    const files = [
        { file: join(context, SERVER_PACKAGE, "requirements.txt"), isComplete: true },
        ...(requirements === undefined || !existsSync(requirements) ? [] : [{ file: requirements, isComplete: false }]),
    ];
    return pythonEnvironment(findTritonPython(), "triton", files, cache, progress);
}

/** Runs a real Triton Inference Server as a process, as AWS's image starts it, on 127.0.0.1 alone. */
export async function tritonLauncher(options: TritonLauncherOptions): Promise<Launcher> {
    const { context, environment, baseFolder } = options;
    const interpreter = await tritonPython(options);
    return async () => {
        const port = await freePort();
        const server = [interpreter, "-m", SERVER_PACKAGE] as const;
        return {
            port,
            command: [...server, "serve"],
            environment: {
                ...pythonVariables(interpreter, baseFolder),
                ...environment,
                PYTHONPATH: resolve(context),
                SAGEMAKER_BASE_DIR: baseFolder,
                SAGEMAKER_BIND_TO_PORT: String(port),
            },
            afterwards: [...server, "clean"],
        };
    };
}
