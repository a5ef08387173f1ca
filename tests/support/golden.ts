import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";

const GOLDEN = "tests/golden";

interface Registered {
    readonly urn: string;
}

/**
 * What a stack registers, by URN, since some resources wait for files to be read and come in no fixed order. Hashes of content are taken
 * out, since they change with every file that goes into an image or an artifact, and so is the folder of the project.
 */
function resources(stack: string): Registered[] {
    const { stdout, stderr, status } = spawnSync(process.execPath, ["local/plan.ts", "--stack", stack, "--json"], {
        encoding: "utf8",
        maxBuffer: 64 * 1024 * 1024,
    });
    expect(status, stderr).to.equal(0);
    return (JSON.parse(stdout) as Registered[]).sort((a, b) => a.urn.localeCompare(b.urn));
}

const readGolden = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

/** Compares with a file what was registered, without what changes with content and place; UPDATE_GOLDEN=1 writes the file anew. */
export function expectGoldenFile(golden: string, registered: unknown, folder: string): void {
    const text = JSON.stringify(registered, undefined, 2);
    const found = `${text.replaceAll(/\b[0-9a-f]{64}\b/g, "<sha256>").replaceAll(`${folder}/`, "")}\n`;
    if (process.env["UPDATE_GOLDEN"] !== undefined) {
        mkdirSync(dirname(golden), { recursive: true });
        writeFileSync(golden, found);
    }
    expect(existsSync(golden), `${golden} is missing: UPDATE_GOLDEN=1 writes it`).to.equal(true);
    expect(JSON.parse(found)).to.deep.equal(readGolden(golden));
}

function patternOf(file: string): string {
    const { config } = parse(readFileSync(file, "utf8")) as { config: Record<string, string> };
    return config["serial-inference:pattern"] ?? "";
}

/** This repository's stacks of some patterns. */
export const stacksOf = (wanted: (pattern: string) => boolean): string[] =>
    readdirSync(".")
        .filter((file) => /^Pulumi\.[\w-]+\.yaml$/.test(file) && wanted(patternOf(file)))
        .map((file) => file.split(".")[1] ?? "");

/**
 * Every resource of a stack with all that it is given, kept as a file: a change of what is deployed shows as a diff. UPDATE_GOLDEN=1
 * npm test writes the files anew. Trains sample models that are missing.
 */
export function expectGolden(stack: string): void {
    expectGoldenFile(`${GOLDEN}/${stack}.json`, resources(stack), process.cwd());
}
