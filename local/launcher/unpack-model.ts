import { cp, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { HostedContainer } from "../graph/hosted-model.ts";
import { extractArchive } from "./extract-archive.ts";

/**
 * Puts a container's model data where SageMaker would: an archive unpacked, files as they are.
 * @throws where the archive is corrupt, or the data is not on this machine
 */
export async function unpackModel({ hostname, modelData, multiModel }: HostedContainer, folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    if (modelData === undefined || modelData.kind === "models") return; // models come one by one
    if (modelData.kind === "elsewhere") {
        const key = multiModel === undefined ? "artifact.path" : "artifact.models";
        throw new Error(
            `container ${hostname}: its model data is ${modelData.uri}, which cannot be read offline; give it as ${key}`,
        );
    }
    if (modelData.kind === "files") {
        for (const { path, file } of modelData.files) {
            await mkdir(dirname(join(folder, path)), { recursive: true });
            await cp(file, join(folder, path));
        }
        return;
    }
    try {
        await extractArchive(modelData.file, folder);
    } catch (error) {
        throw new Error(`container ${hostname}: ${modelData.file} is no readable tar.gz: ${(error as Error).message}`, {
            cause: error,
        });
    }
}
