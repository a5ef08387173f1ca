import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync } from "node:fs";
import { join } from "node:path";

/** Folders of models that are all the same: hard links of one archive, so that thousands cost no room. */
export class ModelArchives {
    readonly archive: string;
    private readonly folder: string;

    /** @param model folder of the model's files */
    constructor(folder: string, model: string) {
        this.folder = folder;
        this.archive = join(folder, "model.tar.gz");
        mkdirSync(folder, { recursive: true });
        execFileSync("tar", ["czf", this.archive, "-C", model, "."]);
    }

    /** A folder of so many models, named by `nameOf`. */
    models(count: number): { readonly kind: "models"; readonly folder: string; readonly uri: string } {
        const folder = join(this.folder, `models-${count}`);
        mkdirSync(folder);
        for (let index = 0; index < count; index++) linkSync(this.archive, join(folder, nameOf(index)));
        return { kind: "models", folder, uri: "s3://bench/models/" };
    }
}

/** TargetModel of a model by its number. */
export const nameOf = (index: number): string => `model-${index}.tar.gz`;
