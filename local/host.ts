import { mkdirSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { totalmem } from "node:os";
import { join, resolve } from "node:path";
import type { ServedEndpoint } from "./gateway/served-endpoint.ts";
import type { HostedEndpoint, HostedVariant } from "./graph/hosted-endpoint.ts";
import type { HostedContainer } from "./graph/hosted-model.ts";
import { DOCKER_MODELS, dockerLauncher } from "./launcher/docker-launcher.ts";
import { isAlive } from "./launcher/file-lock.ts";
import type { Launcher } from "./launcher/launch.ts";
import { processLauncher } from "./launcher/process-launcher.ts";
import type { Python } from "./launcher/python.ts";
import { SupervisedContainer } from "./launcher/supervised-container.ts";
import { adaptRepository, countGpus, isTritonContainer } from "./launcher/triton-gpus.ts";
import { unpackModel } from "./launcher/unpack-model.ts";
import { ModelVolume } from "./multi-model/model-volume.ts";
import { TargetModels } from "./multi-model/target-models.ts";
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
    /** Bytes of memory of a multi-model container. @default - the machine's */
    readonly memory?: number | undefined;
    /** Bytes of the volume of a multi-model container. @default - the variant's volumeGiB, or the machine's */
    readonly volume?: number | undefined;
}

const GIB = 1024 ** 3;

/** Folder of the models of a multi-model container. */
const MODELS = "models";

/** Bytes of the disk that a folder is on. */
function diskBytes(folder: string): number {
    const { blocks, bsize } = statfsSync(folder);
    return blocks * bsize;
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
        const variants = endpoint.variants.map((variant) => this.superviseAll(endpoint.name, variant));
        const { shadow } = endpoint;
        if (typeof shadow === "string") {
            this.options.progress.warn(
                `the shadow's model "${shadow}" is not on this machine: no request is copied to it`,
            );
        }
        const served =
            shadow === undefined || typeof shadow === "string"
                ? {}
                : { shadow: { variant: this.superviseAll(endpoint.name, shadow.variant), share: shadow.share } };
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
        const { name, requestBytes } = endpoint;
        return { name, variants, ...(requestBytes !== undefined && { requestBytes }), ...served };
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

    /** The variant with its containers, none of which has been started. */
    private superviseAll(endpointName: string, variant: HostedVariant) {
        const containers = variant.containers.map((container) => {
            const folder = join(this.runFolder, endpointName, variant.name, container.hostname);
            const supervised = this.supervise(container, folder, variant.startupTimeoutSeconds);
            supervised.models = this.targetModels(container, supervised, folder, variant.volumeGiB);
            return supervised;
        });
        return { ...variant, containers };
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

    /** The models of a multi-model container; undefined for another. */
    private targetModels(
        hosted: HostedContainer,
        container: SupervisedContainer,
        folder: string,
        volumeGiB: number | undefined,
    ): TargetModels | undefined {
        const { modelData, multiModel } = hosted;
        if (multiModel === undefined || modelData?.kind !== "models") return undefined;
        const { cache, progress, docker = false, memory = totalmem(), volume } = this.options;
        const models = join(folder, MODELS);
        const gibibytes = volumeGiB === undefined ? undefined : volumeGiB * GIB;
        return new TargetModels({
            container,
            volume: new ModelVolume({
                source: modelData.folder,
                uri: modelData.uri,
                folder: models,
                budget: volume ?? gibibytes ?? diskBytes(cache),
                adapt: this.adaptation(hosted),
                cacheFolder: join(cache, "artifacts"),
            }),
            mountedAt: docker ? DOCKER_MODELS : models,
            cache: multiModel.cache,
            memoryPercent: () => container.memoryPercent(memory),
            warn: (what) => {
                progress.warn(what);
            },
        });
    }

    /** What is done to model data after it was unpacked; nothing for a container that Triton does not serve. */
    private adaptation(container: HostedContainer): ((folder: string) => Promise<void>) | undefined {
        if (!isTritonContainer(container)) return undefined;
        const { python, progress } = this.options;
        return (folder) =>
            adaptRepository(python, folder, (line) => {
                progress.log(container.hostname, line);
            });
    }

    private async prepare(container: HostedContainer, folder: string): Promise<Launcher> {
        const { python, progress, cache, docker, baseImage, memory } = this.options;
        const modelFolder = join(folder, container.multiModel === undefined ? "model" : MODELS);
        await unpackModel(container, modelFolder);
        const common = { container, python, progress, memory: container.multiModel && memory };
        if (docker ?? false) {
            if (container.multiModel === undefined) await this.adaptation(container)?.(modelFolder);
            const gpus = isTritonContainer(container) && (await countGpus(python)) > 0;
            return dockerLauncher({ ...common, modelFolder, baseImage, gpus });
        }
        return processLauncher({ ...common, baseFolder: folder, cache: join(cache, "python") });
    }
}
