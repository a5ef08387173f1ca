import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { HostedContainer, HostedImage } from "../graph/hosted-model.ts";
import type { Progress } from "../progress.ts";
import { freePort } from "./free-port.ts";
import type { Launcher } from "./launch.ts";
import { pythonVariables } from "./python-variables.ts";
import { pythonEnvironment, type Requirements } from "./python-environment.ts";
import type { Python } from "./python.ts";
import { tritonLauncher, tritonPython } from "./triton-launcher.ts";

/** Build target of a container's Dockerfile → the Python package, in the build context, that serves it. */
const SERVER_PACKAGES: Readonly<Record<string, string>> = {
    "step-server": "serving",
    "multi-model-server": "multi_model_server",
    "triton-server": "triton_server",
};

const TRITON = "triton_server";

/** What is read of a container to find its folder. */
export interface FolderContainer {
    readonly hostname: string;
    readonly image:
        | Pick<HostedImage & { kind: "built" }, "kind" | "context" | "dockerfile" | "target">
        | (HostedImage & { kind: "elsewhere" });
}

/** What of a container folder it takes to run it without Docker. */
export interface ServedFolder {
    readonly name: string;
    readonly folder: string;
    /** The build context, in which the server's package lies. */
    readonly context: string;
    readonly serverPackage: string;
    readonly requirements: readonly Requirements[];
}

/** @throws where the container can only run with Docker, saying why */
export function servedFolder({ hostname, image }: FolderContainer): ServedFolder {
    if (image.kind === "elsewhere") {
        throw new Error(
            `container ${hostname} is ${image.reference}, not built from a folder here; run it with --docker`,
        );
    }
    const folder = dirname(image.dockerfile);
    const serverPackage = SERVER_PACKAGES[image.target];
    if (serverPackage === undefined || !existsSync(join(image.context, serverPackage, "__main__.py"))) {
        throw new Error(
            `container ${hostname}: ${image.context} has no Python package for server "${image.target}"; run it with --docker`,
        );
    }
    const requirements = [
        { file: join(image.context, serverPackage, "requirements.txt"), isComplete: true },
        { file: join(folder, "requirements.txt"), isComplete: false },
    ].filter(({ file }) => existsSync(file));
    const name = `${folder.split("/").at(-1) ?? hostname}-${image.target}`;
    return {
        name,
        folder,
        context: image.context,
        serverPackage,
        requirements,
    };
}

export interface ProcessLauncherOptions {
    readonly container: HostedContainer;
    /** Stands for /opt/ml; its `model` holds the unpacked model data, its `models` those of a multi-model container. */
    readonly baseFolder: string;
    /** Bytes of memory that the container may use; only a multi-model container is held to them. @default - all of the machine's */
    readonly memory?: number | undefined;
    readonly python: Python;
    /** Folder of virtual environments. */
    readonly cache: string;
    readonly progress: Progress;
}

/** What Triton's models need, beside the container's Dockerfile. */
const modelRequirements = (folder: string): string => join(folder, "requirements.txt");

/** Triton's own part of a container that it serves; undefined for another, and for one that runs with Docker alone. */
function tritonContext({ image }: FolderContainer) {
    if (image.kind === "elsewhere" || SERVER_PACKAGES[image.target] !== TRITON) return undefined;
    return { context: image.context, requirements: modelRequirements(dirname(image.dockerfile)) };
}

/** The interpreter of the container's own virtual environment, made where it is missing. */
export function containerPython(
    container: FolderContainer,
    python: Python,
    cache: string,
    progress: Progress,
): Promise<string> {
    const { name, requirements } = servedFolder(container);
    const triton = tritonContext(container);
    if (triton !== undefined) return tritonPython({ ...triton, cache, progress });
    return pythonEnvironment(python, name, requirements, cache, progress);
}

/** Runs the folder that a container's image is built from as a process, as its image would. */
export async function processLauncher(options: ProcessLauncherOptions): Promise<Launcher> {
    const { container, baseFolder, memory, python, cache, progress } = options;
    const { folder, context, serverPackage } = servedFolder(container);
    const triton = tritonContext(container);
    if (triton !== undefined) {
        const multiModel = container.multiModel && { SAGEMAKER_MULTI_MODEL: "true" };
        const environment = { ...container.environment, ...multiModel };
        return tritonLauncher({ ...triton, environment, baseFolder, cache, progress });
    }
    const interpreter = await containerPython(container, python, cache, progress);
    return async () => {
        const port = await freePort();
        return {
            port,
            command: [interpreter, "-m", serverPackage, "serve"],
            environment: {
                ...pythonVariables(interpreter, baseFolder),
                PYTHONPATH: resolve(context),
                ...container.environment,
                ...(container.multiModel && multiModelVariables(container.environment, memory)),
                SAGEMAKER_BASE_DIR: baseFolder,
                SAGEMAKER_SUBMIT_DIRECTORY: resolve(folder),
                SAGEMAKER_BIND_TO_PORT: String(port),
                SERVING_HOST: "127.0.0.1",
            },
        };
    };
}

const BUDGET = "SERVING_MEMORY_BUDGET";
const DEFAULT_BUDGET = "80%";

/** A process has no memory limit of its own to take a share of, as a container has: the share is worked out here. */
function multiModelVariables(
    { [BUDGET]: budget = DEFAULT_BUDGET }: Readonly<Record<string, string>>,
    memory: number | undefined,
): Readonly<Record<string, string>> {
    const share = /^(\d+(?:\.\d+)?)%$/.exec(budget)?.[1];
    return {
        SAGEMAKER_MULTI_MODEL: "true",
        ...(memory !== undefined &&
            share !== undefined && { [BUDGET]: String(Math.floor((memory * Number(share)) / 100)) }),
    };
}
