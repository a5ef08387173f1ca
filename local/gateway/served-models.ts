/** Records what becomes of models; times in milliseconds. */
export interface ModelRecorder {
    /** An invocation came: its model was loaded, or not. */
    readonly hit: (loaded: boolean) => void;
    /** An invocation has waited for its model to be downloaded, loaded, or both. */
    readonly waited: (milliseconds: number) => void;
    readonly downloaded: (milliseconds: number) => void;
    readonly loaded: (milliseconds: number) => void;
    readonly unloaded: (milliseconds: number) => void;
}

/** How full a multi-model container is right now. */
export interface ModelUse {
    /** Models that can be invoked without a load. */
    readonly loaded: number;
    /** Percent of the volume that models take. */
    readonly diskPercent: number;
    /** Reads what percent of its memory the container holds; undefined where this machine does not tell. */
    readonly memoryPercent: () => Promise<number | undefined>;
}

/** A model that stays where it is until its lease is released. */
export interface ModelLease {
    /** Where the container answers invocations of the model. */
    readonly path: string;
    /**
     * Called with a status other than 2xx of the container: loads the model again where the container has lost it, or makes room
     * where the invocation found no memory. Resolves to whether another attempt is worth while.
     */
    readonly recover: (status: number) => Promise<boolean>;
    readonly release: () => void;
}

/** The models of a multi-model container, of which each invocation names one. */
export interface ServedModels {
    /**
     * Resolves once the model is loaded.
     * @throws {ModelUnavailable} where it cannot be
     */
    lease(target: string): Promise<ModelLease>;
    use(): ModelUse;
    /** Names who hears of what becomes of models. */
    recordBy(recorder: ModelRecorder): void;
}

/** Why a model cannot be invoked. */
export class ModelUnavailable extends Error {
    /**
     * `not-found`: there is no such model. `damaged`: its artifact cannot be unpacked. `not-ready`: it is still being loaded.
     * Otherwise what the container answered, or 0 where it gave no answer; 507: there is no room for the model.
     */
    readonly reason: "not-found" | "damaged" | "not-ready" | number;

    constructor(reason: ModelUnavailable["reason"], message: string) {
        super(message);
        this.reason = reason;
    }
}
