import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { stacksOf } from "../support/golden.ts";

function review(...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["local/review.ts", ...args], { encoding: "utf8" });
    return { status, stdout, stderr };
}

describe("npm run review", function () {
    this.timeout(300_000); // trains sample models that are missing

    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "review-"));
    });
    after(() => {
        rmSync(folder, { recursive: true });
    });
    const config = (content: object): string => {
        const file = join(folder, "policy.json");
        writeFileSync(file, JSON.stringify(content));
        return file;
    };

    for (const stack of stacksOf((pattern) => pattern !== "triton-ensemble")) {
        it(`finds nothing in stack ${stack}`, () => {
            const { status, stdout } = review("--stack", stack, "--json");
            expect(JSON.parse(stdout)).to.deep.include({ findings: [], checkedOnUp: 0, unusedExemptions: [] });
            expect(status).to.equal(0);
        });
    }

    it("exits with 1 on what is mandatory, and shows rule, level, resource and what to do, without colours in a file", () => {
        const { status, stdout } = review("--environment", "prod");
        expect(status).to.equal(1);
        const [header, ...lines] = stdout.trim().split("\n");
        expect(header).to.match(/^rule +level +resource +message$/);
        expect(stdout).to.match(
            /^model-network-isolation +mandatory +Model serial-inference +enableNetworkIsolation is not set; accepted: true\. Set /m,
        );
        expect(stdout).not.to.contain("\u001b");
        expect(lines.at(-1)).to.match(
            /^\d+ mandatory, \d+ advisory by \d+ rules for prod over 29 resources; checked on up: 0$/,
        );
    });

    it("exits with 0 where all of it is advisory, writes SARIF, and tells exemptions that let nothing pass", () => {
        const exemptions = [{ resource: "*::none", reason: "a trial", expires: "2999-12-31" }];
        const file = config({
            all: "advisory",
            "model-in-vpc": { enforcementLevel: "disabled" },
            "model-name-unset": { exemptions },
        });
        const sarif = join(folder, "findings.sarif");
        const { status, stdout } = review("--environment", "prod", "--config", file, "--sarif", sarif, "--json");
        expect(status).to.equal(0);
        const { findings, unusedExemptions } = JSON.parse(stdout) as {
            findings: { rule: string; level: string; urn: string }[];
            unusedExemptions: string[];
        };
        expect(new Set(findings.map(({ level }) => level))).to.deep.equal(new Set(["advisory"]));
        expect(findings.map(({ rule }) => rule)).not.to.include("model-in-vpc");
        expect(unusedExemptions[0]).to.contain(
            'the exemption of "*::none" from model-name-unset (a trial) lets nothing pass',
        );
        const { runs } = JSON.parse(readFileSync(sarif, "utf8")) as { runs: { results: { ruleId: string }[] }[] };
        expect(runs[0]?.results.map(({ ruleId }) => ruleId)).to.deep.equal(findings.map(({ rule }) => rule));
    });

    it("lets pass what is exempt", () => {
        const exemptions = [{ resource: "aws:sagemaker/model:Model::*", reason: "no VPC yet", expires: "2999-12-31" }];
        const { stdout } = review(
            "--environment",
            "prod",
            "--config",
            config({ "model-in-vpc": { exemptions } }),
            "--json",
        );
        const { findings } = JSON.parse(stdout) as { findings: { rule: string }[] };
        expect(findings.map(({ rule }) => rule))
            .to.include("model-network-isolation")
            .and.not.to.include("model-in-vpc");
    });

    it("exits with 2 where nothing was reviewed, and says why", () => {
        const refused = (...args: readonly string[]) => {
            const { status, stdout, stderr } = review(...args);
            expect(status, args.join(" ")).to.equal(2);
            expect(stdout).to.equal("");
            return stderr;
        };
        expect(refused("--stack", "nosuch")).to.contain("there is no Pulumi.nosuch.yaml");
        expect(refused("--enviroment", "prod")).to.contain("unknown option");
        expect(refused("--environment", "test")).to.equal('--environment is "test"; accepted: dev, staging, prod\n');
        expect(refused("--config", join(folder, "nosuch.json"))).to.match(/^--config .* cannot be read as JSON: /);
        expect(refused("--config", config({ "model-in-vcp": "advisory" }))).to.contain('has no rule "model-in-vcp"');
        expect(refused("--config", config({ "model-in-vpc": "loud" }))).to.contain(
            'model-in-vpc: enforcementLevel is "loud"; accepted: advisory, mandatory, disabled',
        );
        const exemption = { resource: "*", expires: "2999-12-31" };
        expect(refused("--config", config({ "model-in-vpc": { exemptions: [exemption] } }))).to.contain(
            "model-in-vpc.exemptions.0.reason",
        );
    });
});
