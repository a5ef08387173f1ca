import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import { run } from "../support/run.ts";

/** What `pulumi new` makes of this repository, without what it would install. */
describe("the repository as a Pulumi template", function () {
    this.timeout(300_000); // trains the sample model of stack dev

    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "serial-inference-template-"));
        const template = join(folder, "template");
        for (const file of run(".", "git", ["ls-files"]).trim().split("\n")) {
            if (existsSync(file)) cpSync(file, join(template, file));
        }
        for (const made of ["scoring", ".state"]) mkdirSync(join(folder, made));
        const flags = ["--generate-only", "--yes", "--name", "scoring", "--description", "Scores claims"];
        run(join(folder, "scoring"), "pulumi", ["new", template, ...flags], {
            PULUMI_BACKEND_URL: `file://${join(folder, ".state")}`,
        });
    });
    after(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it("becomes a project of another name, with all of its files", () => {
        const project = parse(readFileSync(join(folder, "scoring", "Pulumi.yaml"), "utf8")) as Record<string, unknown>;
        expect(project).to.include({ name: "scoring", description: "Scores claims", main: "index.ts" });
        expect(project).to.not.have.property("template");
        for (const file of [".gitignore", ".github/workflows/main.yml", "Pulumi.dev.yaml", "docs/config.md"])
            expect(existsSync(join(folder, "scoring", file)), file).to.equal(true);
    });

    it("plans its own endpoint from the stack files as they are", () => {
        symlinkSync(resolve("node_modules"), join(folder, "scoring", "node_modules"));
        symlinkSync(resolve(".cache"), join(folder, "scoring", ".cache"));
        const planned = run(join(folder, "scoring"), process.execPath, ["local/plan.ts", "--json"]);
        const resources = JSON.parse(planned) as { type: string; inputs: Record<string, unknown> }[];
        const names = resources
            .filter(({ type }) => type === "aws:sagemaker/endpoint:Endpoint")
            .map(({ inputs }) => inputs["name"]);
        expect(names).to.deep.equal(["scoring-dev"]);
    });
});
