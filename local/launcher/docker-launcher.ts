import { randomUUID } from "node:crypto";
import { totalmem } from "node:os";
import { PlanError } from "../../plans/plan-error.ts";
import type { HostedContainer } from "../graph/hosted-model.ts";
import type { Progress } from "../progress.ts";
import { freePort } from "./free-port.ts";
import type { Launcher } from "./launch.ts";
import type { Python } from "./python.ts";
import { runCommand } from "./run-command.ts";

/** Runs the Docker CLI with BuildKit. @returns what it printed on stdout */
const docker = (python: Python, ...args: readonly string[]): Promise<string> =>
    runCommand({
        python: python.executable,
        command: ["docker", ...args],
        environment: { ...process.env, DOCKER_BUILDKIT: "1" },
    });

/** @throws {PlanError} where no Docker engine answers */
export async function requireDocker(python: Python): Promise<void> {
    try {
        await docker(python, "version", "--format", "{{.Server.Version}}");
    } catch (error) {
        throw new PlanError("--docker", [`no Docker engine answers: ${(error as Error).message}`]);
    }
}

export interface DockerLauncherOptions {
    readonly container: HostedContainer;
    /** Becomes /opt/ml/model; the volume of a multi-model container becomes /opt/ml/models. */
    readonly modelFolder: string;
    /** Bytes of memory that the container may use. @default - all of the machine's */
    readonly memory?: number | undefined;
    /** Hands all GPUs to the container. @default false */
    readonly gpus?: boolean;
    /** Replaces the Dockerfile's BASE_IMAGE. @default - the Dockerfile's own */
    readonly baseImage: string | undefined;
    readonly python: Python;
    readonly progress: Progress;
}

/** Builds the image, or pulls it where it is not built here. @returns what `docker run` takes */
async function provideImage({ container, baseImage, python, progress }: DockerLauncherOptions): Promise<string> {
    const { hostname, image } = container;
    if (image.kind === "elsewhere") {
        const done = progress.step(`pulling ${image.reference}`);
        await docker(python, "pull", "--quiet", image.reference);
        done();
        return image.reference;
    }
    const done = progress.step(`building the image of container ${hostname}`);
    const buildArgs = { ...image.buildArgs, ...(baseImage === undefined ? {} : { BASE_IMAGE: baseImage }) };
    const flags = Object.entries(buildArgs).flatMap(([key, value]) => ["--build-arg", `${key}=${value}`]);
    const target = ["--file", image.dockerfile, "--target", image.target, "--platform", image.platform];
    const id = await docker(python, "build", "--quiet", ...target, ...flags, image.context);
    done();
    return id;
}

/** Percent of a container's memory that it holds, which takes the engine up to 2 s; undefined where there is no such container. */
async function memoryPercent(python: Python, name: string): Promise<number | undefined> {
    try {
        const printed = await docker(python, "stats", "--no-stream", "--format", "{{.MemPerc}}", name); // such as 12.34%
        const percent = Number.parseFloat(printed);
        return Number.isNaN(percent) ? undefined : percent; // "--" of a container that has just ended
    } catch {
        return undefined;
    }
}

/**
 * Half of the memory, which is what Linux lets a machine share; nothing is taken before it is used. Docker's 64 MiB are what four Python
 * models of Triton begin with.
 */
const SHARED_MEMORY = String(Math.floor(totalmem() / 2));

/** Where a multi-model container finds models [D]. */
export const DOCKER_MODELS = "/opt/ml/models";

/** Runs a container's image as SageMaker does: `docker run IMAGE serve`, its port published on 127.0.0.1 alone. */
export async function dockerLauncher(options: DockerLauncherOptions): Promise<Launcher> {
    const { container, modelFolder, memory, gpus = false, python } = options;
    const target = container.multiModel === undefined ? "/opt/ml/model" : DOCKER_MODELS;
    const image = await provideImage(options);
    return async () => {
        const port = await freePort();
        const name = `serial-inference-${container.hostname}-${randomUUID().slice(0, 8)}`;
        const variables = {
            ...container.environment,
            ...(container.multiModel && { SAGEMAKER_MULTI_MODEL: "true" }),
            SAGEMAKER_BIND_TO_PORT: String(port),
        };
        const flags = Object.entries(variables).flatMap(([key, value]) => ["--env", `${key}=${value}`]);
        const mount = `type=bind,source=${modelFolder},target=${target}`;
        const published = `127.0.0.1:${port}:${port}`;
        return {
            port,
            command: [
                "docker",
                "run",
                "--rm",
                "--name",
                name,
                "--publish",
                published,
                "--mount",
                mount,
                "--shm-size",
                SHARED_MEMORY,
                ...(gpus ? ["--gpus", "all"] : []),
                ...(memory === undefined ? [] : ["--memory", String(memory)]),
                ...flags,
                image,
                "serve",
            ],
            environment: process.env, // the Docker CLI's own; the container gets the variables above
            afterwards: ["docker", "rm", "--force", name],
            memoryPercent: () => memoryPercent(python, name),
        };
    };
}
