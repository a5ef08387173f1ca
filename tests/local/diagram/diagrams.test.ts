import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect } from "chai";
import { stacksOf } from "../../support/golden.ts";

const run = (...flags: readonly string[]) =>
    spawnSync(process.execPath, ["local/diagram.ts", ...flags], { encoding: "utf8", maxBuffer: 16 * 1024 * 1024 });

describe("npm run diagram", function () {
    this.timeout(300_000); // trains sample models that are missing

    for (const stack of stacksOf((pattern) => pattern !== "triton-ensemble")) {
        it(`draws stack ${stack} as docs/diagrams/${stack}.svg shows it`, () => {
            const { stdout, stderr, status } = run("--stack", stack, "--output", "-");
            expect(status, stderr).to.equal(0);
            expect(stdout).to.equal(readFileSync(`docs/diagrams/${stack}.svg`, "utf8"));
        });
    }

    it("gives Graphviz's language where asked to", () => {
        const { stdout, status } = run("--stack", "dev", "--dot", "--output", "-");
        expect(status).to.equal(0);
        expect(stdout)
            .to.match(/^digraph \{/)
            .and.include('"variant main" -> ');
    });

    it("refuses one file for all stacks, and a stack that is not there", () => {
        const all = run("--output", "all.svg");
        expect([all.status, all.stderr]).to.deep.equal([1, "--output is for one stack: name it by --stack\n"]);
        const missing = run("--stack", "nowhere");
        expect(missing.status).to.equal(1);
        expect(missing.stderr).to.include("there is no Pulumi.nowhere.yaml; stacks here: dev, ");
    });
});
