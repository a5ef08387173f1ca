import { expect } from "chai";
import { Deployment, type Operation } from "../../tools/deployment.ts";

const STACK = {
    config: {
        "serial-inference:pattern": "multi-model-pipeline",
        "serial-inference:steps": [
            { name: "check", image: { build: { folder: "containers/digits", args: { STEP: "check" } } } },
            {
                name: "predict",
                image: { build: { folder: "containers/digits" } },
                artifact: { models: "models/houses" },
                multiModel: {},
            },
        ],
        "serial-inference:endpoint": { callers: [{ name: "lisbon-team", targetModels: ["europe/lisbon*"] }] },
    },
};

/** `op type name` of the providers' resources, in order. */
const steps = (operations: readonly Operation[]): string[] =>
    operations.filter(({ isComponent }) => !isComponent).map(({ op, type, name }) => `${op} ${type} ${name}`);

describe("a container with many models in the real engine", () => {
    let deployment: Deployment;
    before(async () => {
        deployment = await Deployment.create("houses", {
            "Pulumi.houses.yaml": JSON.stringify(STACK), // JSON is YAML
            "models/houses/europe/lisbon/model.json": "lisbon",
            "models/houses/europe/oslo/model.json": "oslo",
        });
    });
    after(() => {
        deployment.remove();
    });
    const object = (key: string) => `BucketObjectv2 serial-inference-predict-${key}`;

    it("comes up with each model uploaded before the model that reads the prefix", async () => {
        const done = steps(await deployment.up());
        const model = done.indexOf("create Model serial-inference");
        for (const key of ["europe/lisbon.tar.gz", "europe/oslo.tar.gz"]) {
            expect(done).to.include(`create ${object(key)}`);
            expect(done.indexOf(`create ${object(key)}`)).to.be.lessThan(model);
        }
    });

    it("exports a policy for each caller", async () => {
        const { callerPolicies } = await deployment.outputs();
        const { "lisbon-team": policy = "" } = callerPolicies?.value as Record<string, string>;
        expect(JSON.parse(policy)).to.have.deep.nested.property("Statement[0].Condition", {
            StringLike: { "sagemaker:TargetModel": ["europe/lisbon*"] },
        });
        expect(policy).to.contain(":endpoint/serial-inference-houses");
    });

    it("uploads a model that is added, and touches nothing else", async () => {
        deployment.write("models/houses/europe/rome/model.json", "rome");
        expect(steps(await deployment.preview())).to.deep.equal([`create ${object("europe/rome.tar.gz")}`]);
        expect(steps(await deployment.up())).to.deep.equal([`create ${object("europe/rome.tar.gz")}`]);
    });

    it("updates the object of a model that changes, in place, and none of one that is written again", async () => {
        deployment.write("models/houses/europe/lisbon/model.json", "lisbon");
        deployment.write("models/houses/europe/oslo/model.json", "another oslo");
        expect(steps(await deployment.up())).to.deep.equal([`update ${object("europe/oslo.tar.gz")}`]);
    });

    it("deletes the object of a model that is removed", async () => {
        deployment.delete("models/houses/europe/rome");
        expect(steps(await deployment.up())).to.deep.equal([`delete ${object("europe/rome.tar.gz")}`]);
    });

    it("becomes an inference pipeline and is one again without a change, and keeps its endpoint when a step leaves", async () => {
        await deployment.configure("serial-inference:pattern", "inference-pipeline");
        expect(steps(await deployment.up())).to.deep.equal([]);
        await deployment.configure("serial-inference:pattern", "multi-model-pipeline");
        expect(steps(await deployment.up())).to.deep.equal([]);
        await deployment.configure("serial-inference:pattern", "inference-container");
        await deployment.unconfigure("serial-inference:steps[0]");
        const done = steps(await deployment.up());
        expect(
            done.filter((step) => / Endpoint |Role |BucketObjectv2|serial-inference-predict/.test(step)),
        ).to.deep.equal(["update Endpoint serial-inference"]);
        expect((await deployment.outputs())["endpointName"]?.value).to.equal("serial-inference-houses");
    });

    it("leaves nothing behind when it is destroyed", async () => {
        await deployment.destroy();
        expect(deployment.cloud()).to.deep.equal([]);
    });
});
