import { expect } from "chai";
import { Deployment, type Operation } from "../../tools/deployment.ts";

/** `op type` of the providers' resources, in order. */
const steps = (operations: readonly Operation[]): string[] =>
    operations.filter(({ isComponent }) => !isComponent).map(({ op, type }) => `${op} ${type}`);

describe("batch transform in the real engine", () => {
    let deployment: Deployment;
    before(async () => {
        deployment = await Deployment.create("dev", { "models/digits/artifact/model.joblib": "weights" });
        await deployment.configure("serial-inference:transform.contentType", "image/png");
        await deployment.up();
    });
    after(() => {
        deployment.remove();
    });

    it("stands beside the endpoint, on the same model", async () => {
        const { endpointName, transform } = await deployment.outputs();
        expect(endpointName?.value).to.equal("serial-inference-dev");
        expect((transform?.value as { input: string }).input).to.match(
            /^s3:\/\/serial-inference-transform-\w{7}\/input\/$/,
        );
        expect(deployment.cloud().filter((file) => file.startsWith("aws.sagemaker.Model="))).to.have.length(1);
    });

    it("runs the new model after a new artifact, and keeps the state machine, its bucket and its topic", async () => {
        deployment.write("models/digits/artifact/model.joblib", "other weights");
        const done = steps(await deployment.up());
        expect(done).to.include("update StateMachine");
        expect(done.indexOf("update StateMachine")).to.be.lessThan(done.indexOf("delete-replaced Model"));
        expect(done.filter((step) => /Topic|transform|Role/.test(step))).to.deep.equal([]);
    });

    it("takes the endpoint away, and nothing else, where a stack says that it wants none", async () => {
        await deployment.configure("serial-inference:endpoint", "none");
        const done = steps(await deployment.up());
        expect(done.filter((step) => step.startsWith("delete"))).to.have.members([
            "delete Endpoint",
            "delete LogGroup",
            "delete EndpointConfiguration",
            "delete-replaced RolePolicy", // the right to write the log
        ]);
        expect(done.filter((step) => step.includes("Model"))).to.deep.equal([]);
        expect((await deployment.outputs())["endpointName"]).to.equal(undefined);
    });

    it("starts by itself from now on where it is told to, and changes nothing else", async () => {
        await deployment.configure("serial-inference:transform.startOn", "manifest");
        const done = steps(await deployment.up());
        expect(done).to.include.members(["create EventRule", "create EventTarget", "create BucketNotification"]);
        expect(done.every((step) => step.startsWith("create ") || step === "update StateMachine")).to.equal(
            true,
            done.join(),
        );
    });
});
