import { expect } from "chai";
import { STACK_TAG } from "../../plans/tags.ts";
import { Deployment, type Operation } from "../../tools/deployment.ts";
import { clientEnvironment, sageMakerApi } from "../support/sagemaker-api.ts";
import { overCloud } from "../support/scaled-endpoint.ts";
import { standInArtifacts } from "../support/stand-in-artifacts.ts";

const MODEL = "models/digits/artifact/model.joblib";
const ENDPOINT = "aws.sagemaker.Endpoint=serial-inference-prod";

/** `op type` of the providers' resources, in order. */
const steps = (operations: readonly Operation[]): string[] =>
    operations.filter(({ isComponent }) => !isComponent).map(({ op, type }) => `${op} ${type}`);

/** What the engine printed when it refused. */
const refusal = (run: Promise<unknown>): Promise<string> =>
    run.then(
        () => "accepted",
        (error: unknown) => (error as Error).message,
    );

/** The tags of everything in the cloud that takes some, by `TYPE=NAME`. */
const tagged = (deployment: Deployment): [string, Readonly<Record<string, string>>][] =>
    deployment.cloud().flatMap((file) => {
        const key = file.replace(/\.json$/, "");
        const tags = deployment.resource(key)["tags"] as Readonly<Record<string, string>> | undefined;
        return tags === undefined || key.startsWith("docker") ? [] : [[key, tags]];
    });

describe("stack prod in the real engine", () => {
    let api: Awaited<ReturnType<typeof sageMakerApi>>;
    let deployment: Deployment;
    before(async () => {
        api = await sageMakerApi(
            overCloud(
                () => deployment,
                () => 2,
            ),
        );
        deployment = await Deployment.create("prod", standInArtifacts("prod"), clientEnvironment(api.url));
    });
    after(() => {
        deployment.remove();
        api.close();
    });

    it("is refused with the credentials of another account before anything is registered", async () => {
        deployment.setVariable("FAKE_AWS_ACCOUNT", "999999999999");
        deployment.setVariable("AWS_PROFILE", "sandbox");
        for (const run of [() => deployment.preview(), () => deployment.up()]) {
            const message = await refusal(run());
            expect(message).to.contain("Pulumi.prod.yaml has a problem:");
            expect(message).to.contain(
                'allowedAccounts: the credentials are of account 999999999999; accepted: 123456789012. AWS_PROFILE is "sandbox"; is that another environment\'s?',
            );
            expect(message).not.to.match(/sagemaker|\bat refuse/);
        }
        expect(deployment.cloud()).to.deep.equal([]);
        deployment.setVariable("FAKE_AWS_ACCOUNT", "123456789012");
        deployment.setVariable("AWS_PROFILE", "");
    });

    it("is refused in another region", async () => {
        await deployment.configure("aws:region", "eu-west-1");
        const message = await refusal(deployment.up());
        expect(message).to.contain("allowedRegions: the region is eu-west-1; accepted: us-east-1.");
        expect(deployment.cloud()).to.deep.equal([]);
        await deployment.configure("aws:region", "us-east-1");
    });

    it("is refused where a secret that a step needs is not there", async () => {
        const arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/vocabulary-1a2B3c";
        await deployment.configure("serial-inference:steps[0].secrets.VOCABULARY_TOKEN.arn", arn);
        const message = await refusal(deployment.up());
        expect(message).to.contain(`step "preprocess": secrets "VOCABULARY_TOKEN": ${arn} is not to be found`);
        expect(deployment.cloud()).to.deep.equal([]);
        await deployment.unconfigure("serial-inference:steps[0].secrets");
    });

    it("is refused with an encrypted value, which would be plain text in the model", async () => {
        await deployment.configure("serial-inference:steps[0].environment.TOKEN", "s3cr3t", true);
        const message = await refusal(deployment.up());
        expect(message).to.contain("serial-inference:steps: is encrypted, and would be plain text");
        expect(message).not.to.contain("s3cr3t");
        expect(deployment.cloud()).to.deep.equal([]);
        await deployment.unconfigure("serial-inference:steps[0].environment");
    });

    it("comes up, and changes nothing on the second up", async () => {
        expect(steps(await deployment.up())).to.include("create Budget");
        expect(await deployment.up()).to.deep.equal([]);
    });

    it("has its tags on all that takes tags, beside those of a resource's own", () => {
        const resources = tagged(deployment);
        for (const [key, tags] of resources) {
            expect(tags, key).to.deep.include({ Environment: "prod", [STACK_TAG]: "serial-inference-prod" });
        }
        const types = new Set(resources.map(([key]) => key.split("=")[0]?.split(".").at(-1)));
        expect(types).to.include.all.keys("Endpoint", "EndpointConfiguration", "Model", "Bucket", "Role", "Repository");
        const configuration = resources.find(([key]) => key.includes("EndpointConfiguration="));
        expect(configuration?.[1]).to.have.property("serial-inference:configuration");
    });

    it("tells its cost from others' by the tag that all of it has", () => {
        const [file = "none"] = deployment.cloud().filter((name) => name.startsWith("aws.budgets.Budget="));
        const budget = deployment.resource(file.replace(/\.json$/, ""));
        expect(budget["name"]).to.equal("serial-inference-prod");
        expect(budget["costFilters"]).to.deep.equal([
            { name: "TagKeyValue", values: [`user:${STACK_TAG}$serial-inference-prod`] },
        ]);
    });

    it("goes over to other tags by updates alone", async () => {
        await deployment.configure("serial-inference:tags.CostCenter", "cc-4711");
        const done = steps(await deployment.up());
        expect(done).to.include("update Endpoint");
        expect([...new Set(done.map((step) => step.split(" ")[0]))]).to.deep.equal(["update"]);
        expect(deployment.resource(ENDPOINT)["tags"]).to.deep.include({ CostCenter: "cc-4711" });
        expect(await deployment.up()).to.deep.equal([]);
    });

    it("refuses to be destroyed while it is protected, and stays whole, without a preview as well", async () => {
        const before = deployment.cloud();
        expect(await refusal(deployment.destroy())).to.contain("cannot be deleted\n    because it is protected");
        expect(deployment.cloud()).to.deep.equal(before);
        // awsx's component and its provider are entries of the state alone, which nothing depends on
        const others = steps(await deployment.up()).filter((step) => !/ (awsx|pulumi)$/.test(step));
        expect(others).to.deep.equal([]);
        expect(deployment.cloud()).to.deep.equal(before);
    });

    it("refuses, in the preview, a change that would replace the endpoint", async () => {
        const before = deployment.resource(ENDPOINT);
        await deployment.configure("serial-inference:endpoint.name", "renamed");
        expect(await refusal(deployment.preview())).to.contain("protect");
        expect(deployment.cloud().filter((file) => file.includes("sagemaker.Endpoint="))).to.have.length(1);
        expect(deployment.resource(ENDPOINT)).to.deep.equal(before);
        await deployment.unconfigure("serial-inference:endpoint.name");
        await deployment.up();
    });

    it("is unprotected by an update that changes nothing else, and destroyed then", async () => {
        await deployment.configure("serial-inference:protect", "false");
        expect(await deployment.up()).to.deep.equal([]);
        await deployment.destroy();
        expect(deployment.cloud()).to.deep.equal([]);
    });
});

describe("many models of a protected stack in the real engine", () => {
    it("are packed while the rest is registered, and yet stay when the stack is to be destroyed", async () => {
        const deployment = await Deployment.create("multi-model", standInArtifacts("multi-model"));
        try {
            await deployment.configure("serial-inference:protect", "true");
            await deployment.up();
            const before = deployment.cloud();
            expect(before.filter((file) => file.includes("BucketObjectv2="))).to.have.length.greaterThan(1);
            expect(await refusal(deployment.destroy())).to.contain("protected");
            expect(deployment.cloud()).to.deep.equal(before);
        } finally {
            deployment.remove();
        }
    });
});

describe("a live stack that gets tags, protection and a budget in the real engine", () => {
    let deployment: Deployment;
    before(async () => {
        deployment = await Deployment.create("dev", { [MODEL]: "weights" });
        await deployment.up();
    });
    after(() => {
        deployment.remove();
    });

    it("replaces nothing: it updates what takes tags, and makes the budget", async () => {
        await deployment.configure("serial-inference:tags.Environment", "dev");
        await deployment.configure("serial-inference:protect", "true");
        await deployment.configure("serial-inference:budget.monthlyUsd", "100");
        await deployment.configure("serial-inference:budget.emails[0]", "ml@example.com");
        const done = steps(await deployment.up());
        expect(done.filter((step) => !step.startsWith("update "))).to.deep.equal(["create Budget"]);
        expect(done).to.include.members(["update Endpoint", "update EndpointConfiguration", "update Model"]);
        expect(done).not.to.include("update BucketObjectv2");
    });

    it("and loses them again likewise, once protection is off", async () => {
        await deployment.configure("serial-inference:protect", "false");
        expect(await deployment.up()).to.deep.equal([]);
        for (const key of ["tags", "protect", "budget"]) await deployment.unconfigure(`serial-inference:${key}`);
        const done = steps(await deployment.up());
        expect(done.filter((step) => !step.startsWith("update "))).to.deep.equal(["delete Budget"]);
        await deployment.destroy();
        expect(deployment.cloud()).to.deep.equal([]);
    });
});
