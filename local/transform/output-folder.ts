import { createHash } from "node:crypto";
import {
    appendFileSync,
    existsSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { PlanError, refuse } from "../../plans/plan-error.ts";
import { takeLock } from "../launcher/file-lock.ts";
import type { InputFile } from "./input-files.ts";
import type { RecordFailure } from "./record-failure.ts";

/** What a folder's results depend on: a run goes on in the folder only where all of it is the same. */
export type RunIdentity = Readonly<Record<string, string | number>>;

/** What a run keeps beside its results, in a folder of this name. */
const STATE = ".transform";

/** A file whose result is complete. */
interface DoneFile extends Pick<InputFile, "path" | "size" | "modifiedMs"> {
    readonly records: number;
}

/** The lines of a file that are whole. */
const wholeLines = (file: string): string[] =>
    existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];

/** The folder of a run's results: `<path>.out` for each file, and what it takes to go on after a crash. */
export class OutputFolder {
    readonly folder: string;
    /** Lists records that failed. */
    readonly failuresFile: string;
    private readonly state: string;
    private readonly done: Map<string, DoneFile>;

    /**
     * Takes the folder for a run, alone.
     * @throws {PlanError} where it holds something else, the results of another run, or is in use by one
     */
    constructor(folder: string, identity: RunIdentity) {
        this.folder = folder;
        this.state = join(folder, STATE);
        this.failuresFile = join(folder, "failures.jsonl");
        const identityFile = join(this.state, "run.json");
        const problems = existsSync(identityFile)
            ? otherRun(JSON.parse(readFileSync(identityFile, "utf8")) as RunIdentity, identity)
            : existsSync(folder) && readdirSync(folder).some((name) => name !== STATE)
              ? ["it holds files that are no results of this command"]
              : [];
        refuse(
            `--output "${folder}"`,
            problems.map((problem) => `${problem}; accepted: an empty or a new folder, or one to go on in`),
        );
        mkdirSync(join(this.state, "files"), { recursive: true });
        const owner = takeLock(this.lock);
        if (owner !== undefined) throw new PlanError(`--output "${folder}"`, [`process ${owner} is writing to it`]);
        writeFileSync(identityFile, `${JSON.stringify(identity, undefined, 2)}\n`);
        const lines = wholeLines(this.doneFile).map((line) => JSON.parse(line) as DoneFile);
        this.done = new Map(lines.map((line) => [line.path, line]));
    }

    /** Records of a file that was done before; undefined where it was not, or has changed since. */
    recordsOf({ path, size, modifiedMs }: InputFile): number | undefined {
        const done = this.done.get(path);
        const same = done?.size === size && done.modifiedMs === modifiedMs && existsSync(this.result(path));
        return same ? done.records : undefined;
    }

    /** Where the result of a file goes; its folder is there. */
    result(path: string): string {
        const file = join(this.folder, `${path}.out`);
        mkdirSync(dirname(file), { recursive: true });
        return file;
    }

    /** Path of what is kept for a file while it is not done, without an ending. */
    stem(path: string): string {
        return join(this.state, "files", createHash("sha256").update(path).digest("hex").slice(0, 32));
    }

    markDone({ path, size, modifiedMs }: InputFile, records: number): void {
        appendFileSync(this.doneFile, `${JSON.stringify({ path, size, modifiedMs, records })}\n`);
    }

    /** Writes the list of failed records, or takes an old one away where there are none. */
    writeFailures(failures: readonly RecordFailure[]): void {
        if (failures.length === 0) {
            rmSync(this.failuresFile, { force: true });
            return;
        }
        const made = join(this.state, "failures.jsonl");
        writeFileSync(made, failures.map((failure) => `${JSON.stringify(failure)}\n`).join(""));
        renameSync(made, this.failuresFile);
    }

    /** Lets another run take the folder; a run that was killed holds it no longer either. */
    release(): void {
        rmSync(this.lock, { force: true });
    }

    private get lock(): string {
        return join(this.state, "lock");
    }

    private get doneFile(): string {
        return join(this.state, "done.jsonl");
    }
}

/** What tells a folder's run from this one. */
function otherRun(found: RunIdentity, wanted: RunIdentity): string[] {
    const different = Object.keys({ ...found, ...wanted }).filter((key) => found[key] !== wanted[key]);
    if (different.length === 0) return [];
    const shown = different.map((key) => `${key} ${found[key] ?? "none"} there, ${wanted[key] ?? "none"} here`);
    return [`it holds the results of another run (${shown.join("; ")})`];
}
