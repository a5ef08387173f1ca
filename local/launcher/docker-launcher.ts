import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { PlanError } from "../../plans/plan-error.ts";
import type { HostedContainer } from "../graph/hosted-endpoint.ts";
import type { Progress } from "../progress.ts";
import { freePort } from "./free-port.ts";
import type { Launcher } from "./launch.ts";

const execute = promisify(execFile);

/** Runs the Docker CLI. @throws with what it printed */
async function docker(...args: string[]): Promise<string> {
    try {
        const { stdout } = await execute("docker", args, {
            maxBuffer: 64 * 1024 * 1024,
            env: { ...process.env, DOCKER_BUILDKIT: "1" },
        });
        return stdout.trim();
    } catch (error) {
        const { stderr, message } = error as Error & { stderr?: string };
        throw new Error(`docker ${args[0] ?? ""} failed: ${(stderr ?? message).trim().slice(-4000)}`, { cause: error });
    }
}

/** @throws {PlanError} where no Docker engine answers */
export async function requireDocker(): Promise<void> {
    try {
        await docker("version", "--format", "{{.Server.Version}}");
    } catch (error) {
        throw new PlanError("--docker", [`no Docker engine answers: ${(error as Error).message}`]);
    }
}

/** Builds the image, or pulls it where it is not built here. @returns what `docker run` takes */
async function provideImage(
    { hostname, image }: HostedContainer,
    baseImage: string | undefined,
    progress: Progress,
): Promise<string> {
    if (image.kind === "elsewhere") {
        const done = progress.step(`pulling ${image.reference}`);
        await docker("pull", "--quiet", image.reference);
        done();
        return image.reference;
    }
    const done = progress.step(`building the image of container ${hostname}`);
    const buildArgs = { ...image.buildArgs, ...(baseImage === undefined ? {} : { BASE_IMAGE: baseImage }) };
    const flags = Object.entries(buildArgs).flatMap(([key, value]) => ["--build-arg", `${key}=${value}`]);
    const target = ["--file", image.dockerfile, "--target", image.target, "--platform", image.platform];
    const id = await docker("build", "--quiet", ...target, ...flags, image.context);
    done();
    return id;
}

export interface DockerLauncherOptions {
    readonly container: HostedContainer;
    /** Becomes /opt/ml/model, read-only as the container has no business to change it. */
    readonly modelFolder: string;
    /** Replaces the Dockerfile's BASE_IMAGE. @default - the Dockerfile's own */
    readonly baseImage: string | undefined;
    readonly progress: Progress;
}

/** Runs a container's image as SageMaker does: `docker run IMAGE serve`, its port published on 127.0.0.1 alone. */
export async function dockerLauncher({
    container,
    modelFolder,
    baseImage,
    progress,
}: DockerLauncherOptions): Promise<Launcher> {
    const image = await provideImage(container, baseImage, progress);
    return async () => {
        const port = await freePort();
        const name = `serial-inference-${container.hostname}-${randomUUID().slice(0, 8)}`;
        const environment = { ...container.environment, SAGEMAKER_BIND_TO_PORT: String(port) };
        const flags = Object.entries(environment).flatMap(([key, value]) => ["--env", `${key}=${value}`]);
        const mount = `type=bind,source=${modelFolder},target=/opt/ml/model`;
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
                ...flags,
                image,
                "serve",
            ],
            environment: {
                PATH: process.env["PATH"] ?? "",
                HOME: process.env["HOME"] ?? "",
                DOCKER_HOST: process.env["DOCKER_HOST"] ?? "",
            },
            afterwards: ["docker", "rm", "--force", name],
        };
    };
}
