import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { stacksOf } from "../../support/golden.ts";

describe("npm run review", function () {
    this.timeout(300_000); // trains sample models that are missing

    for (const stack of stacksOf((pattern) => pattern === "triton-ensemble")) {
        it(`finds nothing in stack ${stack}`, () => {
            const { stdout, stderr } = spawnSync(process.execPath, ["local/review.ts", "--stack", stack, "--json"], {
                encoding: "utf8",
            });
            expect(JSON.parse(stdout), stderr).to.deep.include({ findings: [], checkedOnUp: 0 });
        });
    }
});
