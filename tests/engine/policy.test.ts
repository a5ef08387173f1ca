import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";
import { Deployment } from "../../tools/deployment.ts";

const FILES = { "models/digits/artifact/model.joblib": "weights" };
const CONFIG = "policy.json";
const PACK = join(process.cwd(), "policy");

/** What the pack's own notes are called. */
const NOTES = ["checked-on-up", "exemptions-in-use"];

interface Said {
    readonly policyName: string;
    readonly resourceUrn?: string;
}
const findings = (said: readonly Said[]): string[] =>
    said
        .filter(({ policyName }) => !NOTES.includes(policyName))
        .map(({ policyName, resourceUrn }) => `${policyName} ${resourceUrn ?? ""}`)
        .sort();

/** What the offline review finds in a stack of this repository, with every rule advisory. */
function reviewed(stack: string, config: string): string[] {
    const { stdout, stderr } = spawnSync(
        process.execPath,
        ["local/review.ts", "--stack", stack, "--environment", "prod", "--json", "--config", config],
        { encoding: "utf8" },
    );
    expect(stdout, stderr).not.to.equal("");
    const { findings: found } = JSON.parse(stdout) as { findings: { rule: string; urn: string | null }[] };
    return found.map(({ rule, urn }) => `${rule} ${urn ?? ""}`).sort();
}

describe("the policy pack in the real engine, over stack dev", () => {
    let deployment: Deployment;
    beforeEach(async () => {
        deployment = await Deployment.create("dev", FILES);
    });
    afterEach(() => {
        deployment.remove();
    });
    const configured = (config: object) => {
        deployment.write(CONFIG, JSON.stringify(config));
        return CONFIG;
    };

    it("finds nothing: the preview says what it cannot know, the update knows all", async () => {
        const preview = await deployment.reviewed("preview");
        expect(preview.refusal).to.equal(undefined);
        expect(findings(preview.said)).to.deep.equal([]);
        const notes = preview.said.filter(({ policyName }) => policyName === "checked-on-up");
        expect(notes.map(({ enforcementLevel }) => enforcementLevel)).to.include("advisory");
        expect(notes.map(({ message }) => message).join("\n")).to.match(
            /primaryContainer\.image, executionRoleArn[^;]* are not known yet; checked on up: .*model-image-by-digest/,
        );
        const up = await deployment.reviewed("up");
        expect(up.refusal).to.equal(undefined);
        expect(up.said.map(({ message }) => message)).to.deep.equal([]);
    });

    it("finds what the offline review finds, as for production: in part in the preview, all of it in the update", async () => {
        const strict = await Deployment.create("dev", FILES, { POLICY_ENVIRONMENT: "prod" });
        try {
            strict.write(CONFIG, JSON.stringify({ all: "advisory" }));
            const { said: early } = await strict.reviewed("preview", CONFIG);
            const { said, refusal } = await strict.reviewed("up", CONFIG);
            expect(refusal).to.equal(undefined);
            const offline = reviewed("dev", strict.path(CONFIG));
            expect(offline).to.have.length.greaterThan(4);
            expect(findings(said)).to.deep.equal(offline);
            for (const finding of findings(early)) expect(offline).to.include(finding);
        } finally {
            strict.remove();
        }
    });

    it("lets a good change through and blocks a bad one, in a preview and on up, with exit code and message", async () => {
        const config = deployment.path(
            configured({ "endpoint-configuration-instance-types": { allowed: ["ml.m5.*"] } }),
        );
        const review = ["--policy-pack", PACK, "--policy-pack-config", config];
        const live = () => deployment.cloud().filter((file) => file.includes("sagemaker."));
        await deployment.configure("serial-inference:endpoint.instanceType", "ml.m5.xlarge");
        expect(deployment.pulumi("preview", ...review)).to.deep.include({ status: 0 });
        expect(deployment.pulumi("up", "--yes", "--skip-preview", ...review)).to.deep.include({ status: 0 });
        const good = live();
        expect(good).to.have.length(3); // model, configuration and endpoint

        await deployment.configure("serial-inference:endpoint.instanceType", "ml.c5.18xlarge");
        for (const command of [["preview"], ["up", "--yes", "--skip-preview"]] as const) {
            const { status, output } = deployment.pulumi(...command, ...review);
            expect(status, command[0]).to.be.above(0);
            expect(output).to.contain("[mandatory]  endpoint-configuration-instance-types");
            expect(output).to.contain(
                "productionVariants[0].instanceType is ml.c5.18xlarge; accepted: ml.m5.*. Take an allowed type, or allow this one.",
            );
        }
        expect(live()).to.deep.equal(good);
    });

    it("checks on up what the preview did not know, and stops it there", async () => {
        const config = configured({ "model-image-registry": { allowed: ["999999999999.dkr.ecr.*.amazonaws.com"] } });
        const preview = await deployment.reviewed("preview", config);
        expect(preview.refusal).to.equal(undefined);
        expect(preview.said.map(({ message }) => message).join("\n")).to.contain("model-image-registry");
        const up = await deployment.reviewed("up", config);
        expect(up.refusal).to.match(
            /primaryContainer\.image comes from \d+\.dkr\.ecr\.us-east-1\.amazonaws\.com; accepted: 9{12}/,
        );
        expect(deployment.cloud().filter((file) => file.includes("sagemaker.Model"))).to.deep.equal([]);
    });

    it("refuses an exemption without a reason, tells one that lets nothing pass, and holds one that has expired against the resource", async () => {
        const exemption = { resource: "*::serial-inference", reason: "a trial", expires: "2999-12-31" };
        const onModel = (one: object) => configured({ "model-name-unset": { exemptions: [one] } });
        const without = await deployment.reviewed("preview", onModel({ ...exemption, reason: undefined }));
        expect(without.refusal).to.match(/model-name-unset[\s\S]*reason/);

        const idle = await deployment.reviewed("preview", onModel(exemption));
        expect(idle.refusal).to.equal(undefined);
        expect(idle.said.map(({ message }) => message).join("\n")).to.contain(
            'the exemption of "*::serial-inference" from model-name-unset (a trial) lets nothing pass',
        );

        const old = await deployment.reviewed("preview", onModel({ ...exemption, expires: "2020-01-31" }));
        expect(old.refusal).to.contain('the exemption of "*::serial-inference" (a trial) expired on 2020-01-31');
    });
});
