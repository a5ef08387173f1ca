import { expect } from "chai";
import { Deployment, type Operation } from "../../tools/deployment.ts";
import { clientEnvironment, sageMakerApi } from "../support/sagemaker-api.ts";
import { overCloud, type Variant } from "../support/scaled-endpoint.ts";

const MODEL = "models/digits/artifact/model.joblib";
const ENDPOINT = "serial-inference-dev";

/** `op type` of the providers' resources, in order. */
const steps = (operations: readonly Operation[]): string[] =>
    operations.filter(({ isComponent }) => !isComponent).map(({ op, type }) => `${op} ${type}`);

describe("a scaled endpoint in the real engine", () => {
    let api: Awaited<ReturnType<typeof sageMakerApi>>;
    let deployment: Deployment;
    let wanted = 2;
    before(async () => {
        api = await sageMakerApi(
            overCloud(
                () => deployment,
                () => wanted,
            ),
        );
        deployment = await Deployment.create("dev", { [MODEL]: "weights" }, clientEnvironment(api.url));
        await deployment.configure("serial-inference:endpoint.scaling.min", "2");
        await deployment.configure("serial-inference:endpoint.scaling.max", "10");
        await deployment.configure("serial-inference:endpoint.scaling.target.invocationsPerInstance", "700");
    });
    after(() => {
        deployment.remove();
        api.close();
    });

    /** Instances that the configuration of the live endpoint starts with. */
    const initial = () => {
        const { endpointConfigName } = deployment.resource(`aws.sagemaker.Endpoint=${ENDPOINT}`);
        const configuration = deployment.resource(`aws.sagemaker.EndpointConfiguration=${String(endpointConfigName)}`);
        return (configuration["productionVariants"] as readonly Variant[])[0]?.initialInstanceCount;
    };

    it("is registered with its variant after it is there", async () => {
        const done = steps(await deployment.up());
        const scaled = done.filter((step) => / (Endpoint|Target|Policy)$/.test(step));
        expect(scaled).to.deep.equal(["create Endpoint", "create Target", "create Policy"]);
        expect(initial()).to.equal(2);
    });

    it("changes nothing when scaling has added instances, and shows no change", async () => {
        wanted = 7;
        expect(await deployment.preview()).to.deep.equal([]);
        expect(await deployment.up()).to.deep.equal([]);
    });

    it("starts a new model's fleet with the instances that run, and does not touch the scaling", async () => {
        deployment.write(MODEL, "other weights");
        const done = steps(await deployment.up());
        expect(initial()).to.equal(7);
        expect(done).to.include("update Endpoint");
        expect(done.filter((step) => / (Target|Policy)$/.test(step))).to.deep.equal([]);
    });

    it("goes on with that number in its configuration while scaling removes instances", async () => {
        wanted = 3;
        expect(await deployment.up()).to.deep.equal([]);
        expect(initial()).to.equal(7);
    });

    it("takes other bounds without a new fleet", async () => {
        await deployment.configure("serial-inference:endpoint.scaling.max", "12");
        expect(steps(await deployment.up())).to.deep.equal(["update Target"]);
    });

    it("keeps both when the stack switches its pattern", async () => {
        await deployment.configure("serial-inference:pattern", "inference-pipeline");
        await deployment.configure("serial-inference:steps[1].name", "check");
        await deployment.configure("serial-inference:steps[1].image.build.folder", "containers/digits");
        await deployment.configure("serial-inference:steps[1].image.build.args.STEP", "check");
        const done = steps(await deployment.up());
        expect(done).to.include("update Endpoint");
        expect(done.filter((step) => / (Target|Policy)$/.test(step))).to.deep.equal([]);
        expect(initial()).to.equal(3);
    });

    it("says why where it cannot be read, before anything is changed", async () => {
        api.close();
        deployment.write(MODEL, "yet other weights");
        const before = deployment.resource(`aws.sagemaker.Endpoint=${ENDPOINT}`);
        const refusal = await deployment.up().then(
            () => "accepted",
            (error: unknown) => (error as Error).message,
        );
        expect(refusal).to.contain("the number of instances that an update keeps cannot be read");
        expect(deployment.resource(`aws.sagemaker.Endpoint=${ENDPOINT}`)).to.deep.equal(before);
    });

    it("is replaced by a serverless one, the old one first, since SageMaker turns none into the other", async () => {
        await deployment.configure("serial-inference:pattern", "inference-container");
        await deployment.unconfigure("serial-inference:steps[1]");
        await deployment.unconfigure("serial-inference:endpoint");
        await deployment.configure("serial-inference:endpoint.serverless.memoryMiB", "2048");
        await deployment.configure("serial-inference:endpoint.serverless.maxConcurrency", "5");
        const done = steps(await deployment.up());
        expect(done.filter((step) => step.endsWith(" Endpoint"))).to.deep.equal([
            "delete-replaced Endpoint",
            "replace Endpoint",
            "create-replacement Endpoint",
        ]);
    });

    it("leaves nothing behind when it is destroyed", async () => {
        await deployment.destroy();
        expect(deployment.cloud()).to.deep.equal([]);
    });
});
