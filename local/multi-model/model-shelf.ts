import { setTimeout } from "node:timers/promises";
import type { LoadedAs } from "./model-loader.ts";
import type { UnpackedModel } from "./model-volume.ts";

/** Where a model is, and who has to do with it. */
export interface ShelvedModel {
    readonly target: string;
    /** Invocations that have it, or wait for it: it is not taken from them. */
    users: number;
    /** Whether it takes room on the volume, be it still being unpacked there or being deleted. */
    onVolume: boolean;
    /** Where it is on the volume, once it is there as a whole. */
    unpacked: UnpackedModel | undefined;
    loaded: LoadedAs | undefined;
    /** While it is brought. */
    loading: Promise<void> | undefined;
    /** While it is unloaded or deleted. */
    leaving: Promise<void> | undefined;
}

/** Lets a model go, from the container or from the volume too. */
export type Removal = (model: ShelvedModel) => Promise<void>;

/** Whether nobody uses the model, and nothing is being done with it. */
const isFree = ({ users, loading, leaving }: ShelvedModel): boolean =>
    users === 0 && loading === undefined && leaving === undefined;

/** The models of a container that are on its volume or on their way, in the order in which they were last asked for. */
export class ModelShelf {
    private readonly models = new Map<string, ShelvedModel>();
    private waiting: (() => void)[] = [];

    /** All of them, the least recently used one first. */
    all(): ShelvedModel[] {
        return [...this.models.values()];
    }

    /** The model, now the most recently used one, with one user more. */
    take(target: string): ShelvedModel {
        const model = this.models.get(target) ?? newModel(target);
        this.models.delete(target);
        this.models.set(target, model);
        model.users++;
        return model;
    }

    /** Something has changed with a model: it is forgotten where nothing is left of it, and who waits for room looks again. */
    settled(model: ShelvedModel): void {
        if (isFree(model) && model.unpacked === undefined) this.models.delete(model.target);
        if (this.waiting.length === 0) return;
        for (const look of this.waiting.splice(0)) look();
    }

    /** Removes a model while nobody uses it; one that is asked for meanwhile is brought again afterwards. */
    removeIfFree(model: ShelvedModel, removal: Removal): Promise<void> | undefined {
        if (!isFree(model)) return undefined;
        model.leaving = removal(model).finally(() => {
            model.leaving = undefined;
            this.settled(model);
        });
        return model.leaving;
    }

    /**
     * Removes the least recently used one of some models, as soon as nobody uses it.
     * @param until time of `performance.now()`
     * @returns false where none of them can go until then
     */
    async removeOne(some: (model: ShelvedModel) => boolean, removal: Removal, until: number): Promise<boolean> {
        const candidates = this.all().filter(some);
        for (const model of candidates) {
            const removed = this.removeIfFree(model, removal);
            if (removed === undefined) continue;
            await removed;
            return true;
        }
        const left = until - performance.now();
        const isOneLeaving = this.all().some(({ leaving }) => leaving !== undefined);
        if ((candidates.length === 0 && !isOneLeaving) || left <= 0) return false;
        await this.change(left);
        return true; // there may be room now
    }

    private async change(milliseconds: number): Promise<void> {
        const enough = new AbortController();
        this.waiting.push(() => {
            enough.abort();
        });
        await setTimeout(milliseconds, undefined, { signal: enough.signal }).catch(() => undefined);
    }
}

const newModel = (target: string): ShelvedModel => ({
    target,
    users: 0,
    onVolume: false,
    unpacked: undefined,
    loaded: undefined,
    loading: undefined,
    leaving: undefined,
});
