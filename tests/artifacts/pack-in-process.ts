import { execFile } from "node:child_process";
import { promisify } from "node:util";

const url = (name: string): string => JSON.stringify(new URL(`../../artifacts/${name}.ts`, import.meta.url).href);

const SCRIPT = `
    import { packTree } from ${url("pack-tree")};
    import { scanTree } from ${url("scan-tree")};
    const [tree, cacheFolder] = process.argv.slice(1);
    const { sha256, unpackedSize } = await packTree(scanTree(tree), { cacheFolder });
    console.log(JSON.stringify({ sha256, unpackedSize, peakKiB: process.resourceUsage().maxRSS }));
`;

export interface Packed {
    readonly sha256: string;
    readonly unpackedSize: number;
    /** The most memory that the process held at a time. */
    readonly peakKiB: number;
}

/** Packs in a Node process of its own, whose heap is limited to 32 MiB. */
export async function packInProcess(tree: string, cacheFolder: string): Promise<Packed> {
    const args = ["--max-old-space-size=32", "--input-type=module", "--eval", SCRIPT, tree, cacheFolder];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return JSON.parse(stdout) as Packed;
}
