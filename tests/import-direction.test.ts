import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { expect } from "chai";
import ts from "typescript";

/** Folder → the folders it may import from, beside itself. What is not listed imports nothing of ours. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
    "index.ts": ["config", "patterns"],
    "exports.ts": ["config", "patterns", "components", "plans"],
    patterns: ["components", "plans"],
    components: ["plans", "artifacts", "images"],
    config: ["plans"],
    artifacts: ["plans"],
    images: ["plans"],
    local: ["plans", "config", "artifacts", "policy"],
    policy: ["plans"],
    plans: [],
    tools: ["config", "local", "plans", "policy"],
    bench: ["local", "artifacts", "plans", "tools"],
};

const folderOf = (file: string): string => file.split("/")[0] ?? file;

/** Files of this project that a file imports, relative to the root. */
function imports(file: string): string[] {
    const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"));
    return importedFiles
        .filter(({ fileName }) => fileName.startsWith("."))
        .map(({ fileName }) => posix.join(posix.dirname(file), fileName));
}

const sources = ["index.ts", "exports.ts", ...Object.keys(MAY_IMPORT).flatMap(filesOf)];

function filesOf(folder: string): string[] {
    if (folder.endsWith(".ts")) return [];
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".ts"))
        .map((name) => `${folder}/${name}`);
}

describe("import direction", () => {
    it("sees the imports", () => {
        expect(imports("index.ts")).to.deep.equal(["config/settings.ts", "patterns/index.ts"]);
    });

    for (const [folder, allowed] of Object.entries(MAY_IMPORT)) {
        it(`${folder} imports ${allowed.length === 0 ? "nothing else" : `${allowed.join(", ")} alone`}`, () => {
            const wrong = sources
                .filter((file) => folderOf(file) === folder)
                .flatMap((file) => imports(file).map((target) => ({ file, target })))
                .filter(({ target }) => ![folder, ...allowed].includes(folderOf(target)))
                .map(({ file, target }) => `${file} → ${target}`);
            expect(wrong).to.deep.equal([]);
        });
    }

    it("patterns never import each other", () => {
        const wrong = filesOf("patterns")
            .filter((file) => file !== "patterns/index.ts")
            .flatMap((file) => imports(file).filter((target) => target.startsWith("patterns/")));
        expect(wrong).to.deep.equal([]);
    });

    it("plans take nothing but types from Pulumi", () => {
        const wrong = filesOf("plans").filter((file) =>
            /^import (?!type\b)[^;]*from "@pulumi\//m.test(readFileSync(file, "utf8")),
        );
        expect(wrong).to.deep.equal([]);
    });

    it("index.ts stays under 40 lines", () => {
        expect(readFileSync("index.ts", "utf8").split("\n").length).to.be.at.most(40);
    });
});
