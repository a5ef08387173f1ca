import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { findModel } from "../../artifacts/models-folder.ts";
import { packTree } from "../../artifacts/pack-tree.ts";
import { scanTree } from "../../artifacts/scan-tree.ts";
import { systemReason } from "../../artifacts/system-reason.ts";
import { PlanError } from "../../plans/plan-error.ts";
import { ModelUnavailable } from "../gateway/served-models.ts";
import { extractArchive } from "../launcher/extract-archive.ts";

export interface ModelVolumeOptions {
    /** Stands for the prefix: a folder of models, see artifacts/models-folder.ts. */
    readonly source: string;
    /** The prefix, for messages. */
    readonly uri: string;
    /** Where models are unpacked. */
    readonly folder: string;
    /** Bytes that unpacked models may take. */
    readonly budget: number;
    /** Changes what was unpacked, before the container sees it. @default - nothing */
    readonly adapt?: ((folder: string) => Promise<void>) | undefined;
    /** Where packed models are kept, for the program and for this. */
    readonly cacheFolder: string;
}

/** A model in the prefix, as it was when it was looked for. */
export interface FoundArchive {
    readonly file: string;
    /** Bytes once it is unpacked. */
    readonly size: number;
}

/** A model on the volume. */
export interface UnpackedModel {
    /** Name of its folder, which no other model has or had. */
    readonly name: string;
    readonly size: number;
}

/** The storage of an instance that holds a multi-model container: models come from the prefix and are unpacked to it. */
export class ModelVolume {
    /** Bytes that models take, those with a place that are still being unpacked too. */
    used = 0;
    readonly budget: number;
    private readonly options: ModelVolumeOptions;
    private count = 0;

    constructor(options: ModelVolumeOptions) {
        this.options = options;
        this.budget = options.budget;
    }

    /**
     * Looks a model up, and packs it where it is a directory: new and changed files are found as they are now.
     * @throws {ModelUnavailable} not-found or damaged, in SageMaker's words as far as users report them
     */
    async find(target: string): Promise<FoundArchive> {
        const { source, uri, cacheFolder } = this.options;
        const model = findModel(source, target);
        if (model === undefined) {
            const message = `Failed to download model data (${uri}${target}). There is no object under that key.`;
            throw new ModelUnavailable("not-found", message);
        }
        try {
            const { file, unpackedSize } = await packTree(scanTree(model.path), { cacheFolder });
            return { file, size: unpackedSize };
        } catch (error) {
            if (!(error instanceof PlanError)) throw error;
            const message = `Failed to unpack model data (${uri}${target}): ${error.problems.join("; ")}.`;
            throw new ModelUnavailable("damaged", message);
        }
    }

    /** Whether there is room for so many bytes more. */
    holds(bytes: number): boolean {
        return this.used + bytes <= this.budget;
    }

    /** Unpacks a model for which there is room. @throws {ModelUnavailable} where that fails; nothing of it stays */
    async unpack({ file, size }: FoundArchive): Promise<UnpackedModel> {
        const model = { name: `${++this.count}`, size };
        this.used += size;
        const folder = join(this.options.folder, model.name, "model");
        try {
            await mkdir(folder, { recursive: true });
            await extractArchive(file, folder);
            await this.options.adapt?.(folder);
            return model;
        } catch (error) {
            await this.remove(model);
            throw new ModelUnavailable("damaged", `Failed to unpack model data (${file}): ${systemReason(error)}.`);
        }
    }

    async remove({ name, size }: UnpackedModel): Promise<void> {
        await rm(join(this.options.folder, name), { recursive: true, force: true });
        this.used -= size;
    }
}
