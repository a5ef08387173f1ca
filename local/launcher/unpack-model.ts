import { cp, mkdir, writeFile } from "node:fs/promises";
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
        for (const found of modelData.files) {
            const path = join(folder, found.path);
            await mkdir(dirname(path), { recursive: true });
            await ("file" in found ? cp(found.file, path) : writeFile(path, found.content));
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
