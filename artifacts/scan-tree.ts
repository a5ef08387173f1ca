import { isUtf8 } from "node:buffer";
import { accessSync, type BigIntStats, closeSync, constants, lstatSync, openSync } from "node:fs";
import { readdirSync, readSync, realpathSync, statSync } from "node:fs";
import { basename, isAbsolute, join, relative, resolve, sep } from "node:path";
import { systemReason } from "./system-reason.ts";

/** One file or directory of an artifact. */
export interface TreeEntry {
    /** Relative to the artifact's root, `/` between segments and none at the end. */
    readonly path: string;
    readonly kind: "file" | "directory";
    /** Absolute path that the content is read from; the target, where the entry is a link. */
    readonly file: string;
    /** Bytes; 0 for a directory. */
    readonly size: number;
    /** For anyone; Windows knows no such bit. A directory always is. */
    readonly executable: boolean;
    /** Device, inode, size, and times of the last modification and change in ns; empty for a directory. */
    readonly identity: string;
    /** Time of the last change (ctime, which no program can set) in ms since 1970; 0 for a directory. */
    readonly changedMs: number;
    /** Of a file that is generated and lies nowhere. @default - it is read from `file` */
    readonly content?: Buffer;
}

/** What is to become an artifact, as it was found on disk. */
export interface Tree {
    /** Absolute. */
    readonly root: string;
    /** `archive`: one `.tar.gz`, taken as it is. */
    readonly form: "directory" | "file" | "archive";
    /** Sorted bytewise by path, so that a directory stands before what it holds. */
    readonly entries: readonly TreeEntry[];
    /** Why the tree can be no artifact; empty when it can. */
    readonly problems: readonly string[];
    /** The tree as it is on disk by now. */
    readonly rescan: () => Tree;
}

interface Scan {
    readonly realRoot: string;
    readonly entries: TreeEntry[];
    readonly problems: string[];
}

function fileEntry(path: string, file: string, stat: BigIntStats): TreeEntry {
    return {
        path,
        kind: "file",
        file,
        size: Number(stat.size),
        executable: (stat.mode & 0o111n) !== 0n,
        identity: [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(":"),
        changedMs: Number(stat.ctimeMs),
    };
}

function isWithin(directory: string, path: string): boolean {
    const way = relative(directory, path);
    return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** The target of a link, or undefined after it was noted as a problem. */
function followLink(scan: Scan, link: string, path: string, ancestors: readonly string[]): string | undefined {
    const target = realpathSync(link);
    if (!isWithin(scan.realRoot, target)) {
        scan.problems.push(
            `link "${path}" leads out of the tree, to "${target}"; links may lead to what is in the tree`,
        );
    } else if (ancestors.includes(target)) {
        scan.problems.push(`link "${path}" leads to a directory that holds it`);
    } else {
        return target;
    }
    return undefined;
}

function scanEntry(scan: Scan, path: string, located: string, ancestors: readonly string[]): void {
    const found = lstatSync(located, { bigint: true });
    const link = found.isSymbolicLink();
    const file = link ? followLink(scan, located, path, ancestors) : located;
    if (file === undefined) return;
    const stat = link ? lstatSync(file, { bigint: true }) : found;
    if (stat.isDirectory()) {
        scan.entries.push({ path, kind: "directory", file, size: 0, executable: true, identity: "", changedMs: 0 });
        scanDirectory(scan, path, file, ancestors);
    } else if (stat.isFile()) {
        accessSync(file, constants.R_OK);
        scan.entries.push(fileEntry(path, file, stat));
    } else {
        scan.problems.push(`"${path}" is a socket, pipe or device; files, directories and links are accepted`);
    }
}

function scanDirectory(scan: Scan, prefix: string, directory: string, above: readonly string[]): void {
    const ancestors = [...above, directory];
    for (const bytes of readdirSync(directory, { encoding: "buffer" })) {
        const name = bytes.toString();
        const path = prefix === "" ? name : `${prefix}/${name}`;
        if (!isUtf8(bytes)) {
            scan.problems.push(`the name of "${path}" is not valid UTF-8`);
            continue;
        }
        attempt(scan, path, () => {
            scanEntry(scan, path, join(directory, name), ancestors);
        });
    }
}

/** Notes what the system refuses as a problem of `path`, so that the scan goes on. */
function attempt(scan: Scan, path: string, read: () => void): void {
    try {
        read();
    } catch (error) {
        scan.problems.push(`"${path}" cannot be read: ${systemReason(error)}`);
    }
}

function startsAsGzip(file: string): boolean {
    const start = Buffer.alloc(2);
    const descriptor = openSync(file, "r");
    try {
        return readSync(descriptor, start) === 2 && start.readUInt16BE() === 0x1f8b;
    } finally {
        closeSync(descriptor);
    }
}

function scanFile(scan: Scan, root: string, stat: BigIntStats): Tree["form"] {
    accessSync(scan.realRoot, constants.R_OK);
    scan.entries.push(fileEntry(basename(root), scan.realRoot, stat));
    if (!root.endsWith(".tar.gz")) return "file";
    if (!startsAsGzip(scan.realRoot)) scan.problems.push("the name ends in .tar.gz, but the content is not gzip");
    return "archive";
}

/**
 * Reads what an artifact is made of, but no content. Links are followed: an artifact holds only files and directories,
 * so that it has one content whether it is uploaded as an archive or file by file (S3 knows no links).
 *
 * @param path a directory, a file, or a `.tar.gz`
 */
export function scanTree(path: string): Tree {
    const root = resolve(path);
    let form: Tree["form"] = "directory";
    const scan: Scan = { realRoot: root, entries: [], problems: [] };
    attempt(scan, path, () => {
        const stat = statSync(root, { bigint: true });
        const found: Scan = { ...scan, realRoot: realpathSync(root) };
        if (stat.isDirectory()) scanDirectory(found, "", found.realRoot, []);
        else if (stat.isFile()) form = scanFile(found, root, stat);
        else scan.problems.push(`"${path}" is a socket, pipe or device; a directory, a file or a .tar.gz is accepted`);
    });
    const files = scan.entries.filter((entry) => entry.kind === "file");
    if (files.length === 0 && scan.problems.length === 0) scan.problems.push("the directory holds no files");
    return { root, form, entries: sortBytewise(scan.entries), problems: scan.problems, rescan: () => scanTree(path) };
}

/** Entries as a tree has them. */
export function sortBytewise(entries: readonly TreeEntry[]): TreeEntry[] {
    return entries
        .map((entry) => ({ entry, bytes: Buffer.from(entry.path) }))
        .sort((a, b) => a.bytes.compare(b.bytes))
        .map(({ entry }) => entry);
}
