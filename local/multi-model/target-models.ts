import { setTimeout } from "node:timers/promises";
import { LIMITS } from "../../plans/limits.ts";
import { type ModelLease, type ModelRecorder, ModelUnavailable, type ModelUse } from "../gateway/served-models.ts";
import type { ServedModels } from "../gateway/served-models.ts";
import { ModelApi } from "./model-api.ts";
import { ModelLoader } from "./model-loader.ts";
import { ModelShelf, type ShelvedModel } from "./model-shelf.ts";
import type { ModelVolume, UnpackedModel } from "./model-volume.ts";

/** The multi-model container, as far as its models are concerned. */
export interface ModelContainer {
    readonly origin: string;
    readonly unavailable: string | undefined;
    /** How often it was started again: each time it has lost its models. */
    readonly restarts: number;
}

export interface TargetModelsOptions {
    readonly container: ModelContainer;
    readonly volume: ModelVolume;
    /** The volume's folder as the container sees it. */
    readonly mountedAt: string;
    /** Whether models stay after an invocation. */
    readonly cache: boolean;
    /** Percent of its memory that the container holds; undefined where this machine does not tell. */
    readonly memoryPercent: () => Promise<number | undefined>;
    readonly warn: (what: string) => void;
    /** Milliseconds that an invocation waits for a load. @default SageMaker's, 60 s */
    readonly waitMs?: number;
    /** Milliseconds that a load may take. @default SageMaker's, 360 s */
    readonly loadMs?: number;
}

const ignore = (): undefined => undefined;
const NOBODY: ModelRecorder = { hit: ignore, waited: ignore, downloaded: ignore, loaded: ignore, unloaded: ignore };

/**
 * Does for one multi-model container what SageMaker does: a model is downloaded and loaded when it is first asked for; the least
 * recently used one is unloaded when the container has no memory for another, and deleted when the volume is full. Which one goes
 * SageMaker does not document.
 */
export class TargetModels implements ServedModels {
    private readonly options: TargetModelsOptions;
    private readonly api: ModelApi;
    private readonly loader: ModelLoader;
    private readonly waitMs: number;
    private readonly loadMs: number;
    private readonly shelf = new ModelShelf();
    private recorder = NOBODY;

    constructor(options: TargetModelsOptions) {
        this.options = options;
        this.api = new ModelApi(options.container);
        this.loader = new ModelLoader(this.api, options.container);
        this.waitMs = options.waitMs ?? LIMITS.modelWaitSeconds * 1000;
        this.loadMs = options.loadMs ?? LIMITS.modelLoadSeconds * 1000;
    }

    recordBy(recorder: ModelRecorder): void {
        this.recorder = recorder;
        this.loader.loaded = recorder.loaded;
    }

    use(): ModelUse {
        const { volume, memoryPercent } = this.options;
        return {
            loaded: this.shelf.all().filter(this.holds).length,
            diskPercent: (100 * volume.used) / volume.budget,
            memoryPercent,
        };
    }

    async lease(target: string): Promise<ModelLease> {
        const model = this.shelf.take(target);
        const isLoaded = this.holds(model);
        this.recorder.hit(isLoaded);
        if (!isLoaded) {
            const since = performance.now();
            try {
                await this.becomesReady(model);
            } catch (error) {
                this.release(model);
                throw error;
            } finally {
                this.recorder.waited(performance.now() - since);
            }
        }
        return this.leaseOf(model);
    }

    private leaseOf(model: ShelvedModel): ModelLease {
        let attempts: number | undefined;
        return {
            get path() {
                return `/models/${model.loaded?.id ?? ""}/invoke`;
            },
            recover: async (status) => {
                if (status === 404) return this.reload(model);
                attempts ??= this.use().loaded; // others may be loaded as fast as they are unloaded
                return status === 507 && attempts-- > 0 && this.makeRoom(model, performance.now() + this.waitMs);
            },
            release: () => {
                this.release(model);
            },
        };
    }

    private readonly holds = ({ loaded }: ShelvedModel): boolean => loaded?.start === this.options.container.restarts;

    /** Waits as long as an invocation may; the load goes on without it. */
    private async becomesReady(model: ShelvedModel): Promise<void> {
        const enough = new AbortController();
        const late = setTimeout(this.waitMs, undefined, { signal: enough.signal }).then(() => {
            const message = `Model ${model.target} was not ready within ${this.waitMs / 1000} s, and is still being loaded.`;
            throw new ModelUnavailable("not-ready", message);
        });
        late.catch(ignore);
        try {
            while (!this.holds(model)) await Promise.race([model.leaving ?? this.load(model), late]);
        } finally {
            enough.abort();
        }
    }

    /** The load of the model that goes on, or a new one. */
    private load(model: ShelvedModel): Promise<void> {
        model.loading ??= this.bring(model, performance.now() + this.loadMs).finally(() => {
            model.loading = undefined;
            this.shelf.settled(model);
        });
        model.loading.catch(ignore); // who waited for it may have gone
        return model.loading;
    }

    private async bring(model: ShelvedModel, deadline: number): Promise<void> {
        model.unpacked ??= await this.download(model, deadline);
        const folder = `${this.options.mountedAt}/${model.unpacked.name}/model`;
        try {
            model.loaded = await this.loader.load(model.target, folder, deadline, () => this.makeRoom(model, deadline));
        } catch (error) {
            // what the container has refused may be better when it is uploaded again
            if (error instanceof ModelUnavailable && error.reason !== 0) await this.remove(model);
            throw error;
        }
    }

    private async download(model: ShelvedModel, deadline: number): Promise<UnpackedModel> {
        const { volume } = this.options;
        const { target } = model;
        const since = performance.now();
        const archive = await volume.find(target);
        while (!volume.holds(archive.size)) {
            if (await this.makeDiskRoom(deadline)) continue;
            const message = `Model ${target} takes ${archive.size} bytes once unpacked; the volume has ${volume.budget}.`;
            throw new ModelUnavailable(507, message);
        }
        model.onVolume = true;
        try {
            const unpacked = await volume.unpack(archive);
            this.recorder.downloaded(performance.now() - since);
            return unpacked;
        } catch (error) {
            model.onVolume = false;
            throw error;
        }
    }

    private makeRoom(except: ShelvedModel, until: number): Promise<boolean> {
        const isLoaded = (model: ShelvedModel): boolean => model !== except && this.holds(model);
        return this.shelf.removeOne(isLoaded, this.unload, until);
    }

    private async makeDiskRoom(until: number): Promise<boolean> {
        const isOnDisk = ({ onVolume }: ShelvedModel): boolean => onVolume;
        const isNotLoaded = (model: ShelvedModel): boolean => isOnDisk(model) && !this.holds(model);
        if (await this.shelf.removeOne(isNotLoaded, this.discard, 0)) return true;
        return this.shelf.removeOne(isOnDisk, this.discard, until);
    }

    private readonly unload = async (model: ShelvedModel): Promise<void> => {
        const loaded = this.holds(model) ? model.loaded : undefined;
        model.loaded = undefined;
        if (loaded === undefined) return;
        const since = performance.now();
        try {
            await this.api.unload(loaded);
            this.recorder.unloaded(performance.now() - since);
        } catch (error) {
            // a container that is not there holds nothing
            if (this.options.container.unavailable !== undefined) return;
            this.options.warn(`model ${model.target} could not be unloaded: ${(error as Error).message}`);
        }
    };

    private readonly discard = async (model: ShelvedModel): Promise<void> => {
        await this.unload(model);
        await this.remove(model);
    };

    private async remove(model: ShelvedModel): Promise<void> {
        const { unpacked } = model;
        model.unpacked = undefined;
        if (unpacked === undefined) return;
        await this.options.volume.remove(unpacked);
        model.onVolume = false;
    }

    /** Loads a model again that the container does not hold any more; resolves to false where it does. */
    private async reload(model: ShelvedModel): Promise<boolean> {
        const { loaded } = model;
        if (loaded === undefined) return false;
        if (this.holds(model) && (await this.api.isLoaded(loaded))) return false;
        if (model.loaded === loaded) model.loaded = undefined;
        await this.becomesReady(model);
        return true;
    }

    private release(model: ShelvedModel): void {
        model.users--;
        if (!this.options.cache) {
            this.shelf.removeIfFree(model, this.discard)?.catch((error: unknown) => {
                this.options.warn(`model ${model.target} could not be deleted: ${(error as Error).message}`);
            });
        }
        this.shelf.settled(model);
    }
}
