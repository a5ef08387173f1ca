import { randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { limiter } from "../../artifacts/limiter.ts";
import { ModelUnavailable } from "../gateway/served-models.ts";
import type { ModelApi, NamedModel } from "./model-api.ts";

/** As what the container holds a model, and since which of its starts. */
export interface LoadedAs extends NamedModel {
    readonly start: number;
}

/** Multi Model Server ends a model's processes some time after it has answered that the model is unloaded. */
const WAIT_MS = 500;
/** How often such memory is waited for once another model was unloaded; before that, once. */
const WAITS = 4;

const ignore = (): undefined => undefined;

/** Loads models one after another: two at once could refuse each other the memory that is enough for each. */
export class ModelLoader {
    /** Hears of each load, in milliseconds. */
    loaded: (milliseconds: number) => void = ignore;
    private readonly api: ModelApi;
    private readonly container: { readonly restarts: number };
    private readonly oneByOne = limiter(1);

    /** @param container counts its starts: with each it has lost its models */
    constructor(api: ModelApi, container: { readonly restarts: number }) {
        this.api = api;
        this.container = container;
    }

    /**
     * Has the container load a model, and room made for as long as there is no memory for it.
     * @param target what requests name it by
     * @param folder where the container finds it
     * @param deadline time of `performance.now()`
     * @param makeRoom unloads another model; false where none can go
     * @throws {ModelUnavailable} with the container's status and reason
     */
    load(target: string, folder: string, deadline: number, makeRoom: () => Promise<boolean>): Promise<LoadedAs> {
        return this.oneByOne(() => this.loadWithRoom(target, folder, deadline, makeRoom));
    }

    private async loadWithRoom(
        target: string,
        folder: string,
        deadline: number,
        makeRoom: () => Promise<boolean>,
    ): Promise<LoadedAs> {
        for (let waits = 1; ;) {
            // a new name each time: of a load that was refused or given up, a server may still hold the old one
            const model = { id: randomUUID().replaceAll("-", ""), target };
            const start = this.container.restarts;
            const since = performance.now();
            try {
                await this.api.load(model, folder, Math.max(1, deadline - since));
                this.loaded(performance.now() - since);
                return { ...model, start };
            } catch (error) {
                if (!(error instanceof ModelUnavailable)) throw error;
                if (error.reason === 0) void this.api.unload(model).catch(ignore); // should it be loaded after all
                if (error.reason !== 507) throw error;
                if (await makeRoom()) {
                    waits = WAITS;
                } else {
                    if (waits-- === 0) throw error;
                    await setTimeout(WAIT_MS);
                }
            }
        }
    }
}
