import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ServedEndpoint } from "./gateway/served-endpoint.ts";
import type { HostedEndpoint } from "./graph/hosted-endpoint.ts";
import type { HostedContainer } from "./graph/hosted-model.ts";
import { dockerLauncher } from "./launcher/docker-launcher.ts";
import { isAlive } from "./launcher/file-lock.ts";
import type { Launcher } from "./launcher/launch.ts";
import { processLauncher } from "./launcher/process-launcher.ts";
import type { Python } from "./launcher/python.ts";
import { SupervisedContainer } from "./launcher/supervised-container.ts";
import { unpackModel } from "./launcher/unpack-model.ts";
import type { Progress } from "./progress.ts";

export interface HostOptions {
    readonly python: Python;
    /** The project's `.cache` folder. */
    readonly cache: string;
    readonly progress: Progress;
    /** Runs real containers. @default false: processes */
    readonly docker?: boolean;
    /** With Docker: replaces the Dockerfiles' BASE_IMAGE. @default - the Dockerfiles' own */
    readonly baseImage?: string | undefined;
}

/** Folders of runs that are over, whatever ended them. */
function removeOldRuns(runs: string): void {
    mkdirSync(runs, { recursive: true });
    for (const run of readdirSync(runs)) {
        if (!isAlive(Number(run))) rmSync(join(runs, run), { recursive: true, force: true });
    }
}

/** Runs the containers of endpoints on this machine. */
export class Host {
    private readonly options: HostOptions;
    private readonly runFolder: string;
    private readonly containers: SupervisedContainer[] = [];

    constructor(options: HostOptions) {
        this.options = options;
        const runs = join(options.cache, "run");
        removeOldRuns(runs);
        this.runFolder = resolve(runs, String(process.pid));
    }

    /** Starts every container of the endpoint and waits until all are healthy. @throws after stopping all, where one does not start */
    async start(endpoint: HostedEndpoint): Promise<ServedEndpoint> {
        const variants = endpoint.variants.map((variant) => ({
            ...variant,
            containers: variant.containers.map((container) => {
                const folder = join(this.runFolder, endpoint.name, variant.name, container.hostname);
                return this.supervise(container, folder, variant.startupTimeoutSeconds);
            }),
        }));
        const done = this.options.progress.step(
            `starting ${this.containers.length === 1 ? "the container" : "the containers"}`,
        );
        const started = await Promise.allSettled(this.containers.map((container) => container.start()));
        const failure = started.find((result) => result.status === "rejected");
        if (failure !== undefined) {
            await this.stop();
            throw failure.reason;
        }
        done();
        return { name: endpoint.name, variants };
    }

    /** Ends all containers and removes what was unpacked for them. */
    async stop(): Promise<void> {
        await Promise.all(this.containers.splice(0).map((container) => container.stop()));
        rmSync(this.runFolder, { recursive: true, force: true });
    }

    /** Ends all containers at once, without waiting for requests in flight. */
    kill(): void {
        for (const container of this.containers) container.kill();
    }

    private supervise(container: HostedContainer, folder: string, startupTimeoutSeconds: number): SupervisedContainer {
        const { python, progress } = this.options;
        let launcher: Promise<Launcher> | undefined;
        const supervised = new SupervisedContainer({
            hostname: container.hostname,
            launcher: async () => {
                launcher ??= this.prepare(container, folder);
                return (await launcher)();
            },
            python: python.executable,
            startupTimeoutSeconds,
            progress,
        });
        this.containers.push(supervised);
        return supervised;
    }

    private async prepare(container: HostedContainer, folder: string): Promise<Launcher> {
        const { python, progress, cache, docker, baseImage } = this.options;
        const modelFolder = join(folder, "model");
        await unpackModel(container, modelFolder);
        if (docker ?? false) return dockerLauncher({ container, modelFolder, baseImage, python, progress });
        return processLauncher({ container, baseFolder: folder, python, cache: join(cache, "python"), progress });
    }
}
