import { expect } from "chai";
import { Deployment, type Operation } from "../../tools/deployment.ts";

const MODEL = "models/digits/artifact/model.joblib";

/** `op type` of the providers' resources, in order. */
const steps = (operations: readonly Operation[]): string[] =>
    operations.filter(({ isComponent }) => !isComponent).map(({ op, type }) => `${op} ${type}`);

describe("stack dev in the real engine", () => {
    let deployment: Deployment;
    before(async () => {
        deployment = await Deployment.create("dev", { [MODEL]: "weights" });
    });
    after(() => {
        deployment.remove();
    });

    it("previews before anything is there", async () => {
        expect(steps(await deployment.preview())).to.include.members([
            "create Endpoint",
            "create Model",
            "create Image",
        ]);
        expect(deployment.cloud()).to.deep.equal([]);
    });

    it("comes up, with the endpoint's name fixed by project and stack", async () => {
        await deployment.up();
        const { endpointName, endpointConfigName } = await deployment.outputs();
        expect(endpointName?.value).to.equal("serial-inference-dev");
        expect(endpointConfigName?.value).to.match(/^serial-inference-[0-9a-f]{7}$/);
        expect(deployment.cloud()).to.include("aws.sagemaker.Endpoint=serial-inference-dev.json");
    });

    it("has in its state what is in the cloud, which stands for it where there are no stand-in providers", () => {
        const hosting = (files: readonly string[]) => files.filter((file) => file.startsWith("aws.sagemaker.")).sort();
        const state = deployment.state();
        expect(hosting([...state.keys()]))
            .to.deep.equal(hosting(deployment.cloud()))
            .and.to.have.length(3);
        const { endpointConfigName } = deployment.resource("aws.sagemaker.Endpoint=serial-inference-dev");
        expect(state.get("aws.sagemaker.Endpoint=serial-inference-dev.json")).to.include({ endpointConfigName });
        expect(state.size).to.equal(deployment.cloud().length);
    });

    it("changes nothing on the second up, not even when the artifact was written again", async () => {
        deployment.write(MODEL, "weights");
        expect(await deployment.up()).to.deep.equal([]);
    });

    it("replaces model and configuration for a new artifact, moves the endpoint in place, and deletes the old ones last", async () => {
        deployment.write(MODEL, "other weights");
        const done = steps(await deployment.up()).filter((step) => /Model|Endpoint/.test(step));
        expect(done).to.deep.equal([
            "create-replacement Model",
            "replace Model",
            "create-replacement EndpointConfiguration",
            "replace EndpointConfiguration",
            "update Endpoint",
            "delete-replaced EndpointConfiguration",
            "delete-replaced Model",
        ]);
    });

    it("does not touch the role for a new artifact, so that the old fleet still reads the old one", async () => {
        deployment.write(MODEL, "yet other weights");
        expect(steps(await deployment.up()).filter((step) => step.includes("Role"))).to.deep.equal([]);
    });

    it("makes a new configuration, and no new model, for another instance type", async () => {
        await deployment.configure("serial-inference:endpoint.instanceType", "ml.c7i.large");
        const done = steps(await deployment.up());
        expect(done.filter((step) => step.endsWith(" Model"))).to.deep.equal([]);
        expect(done.at(-1)).to.equal("delete-replaced EndpointConfiguration");
    });

    it("refuses a config it does not understand with the key and what it accepts, and touches nothing", async () => {
        const before = deployment.cloud();
        await deployment.configure("serial-inference:endpoint.instanceCont", "2");
        const refusal = await deployment.up().then(
            () => "accepted",
            (error: unknown) => (error as Error).message,
        );
        expect(refusal).to.contain(
            'serial-inference:endpoint.instanceCont: unknown key, did you mean "instanceCount"?',
        );
        expect(refusal).not.to.contain("at parseSettings");
        expect(deployment.cloud()).to.deep.equal(before);
    });

    it("leaves nothing behind when it is destroyed", async () => {
        await deployment.destroy();
        expect(deployment.cloud()).to.deep.equal([]);
    });
});
