import { expect } from "chai";
import { Deployment, type Operation } from "../../tools/deployment.ts";

/** `op type` of the providers' resources, in order. */
const steps = (operations: readonly Operation[]): string[] =>
    operations.filter(({ isComponent }) => !isComponent).map(({ op, type }) => `${op} ${type}`);

describe("renaming a step in the real engine", () => {
    let deployment: Deployment;
    before(async () => {
        deployment = await Deployment.create("dev", { "models/digits/artifact/model.joblib": "weights" });
        await deployment.up();
    });
    after(() => {
        deployment.remove();
    });

    it("keeps repository and image under its former name, and moves the endpoint in place to a model of the new one", async () => {
        const repositories = () => deployment.cloud().filter((file) => file.startsWith("aws.ecr.Repository="));
        const before = repositories();
        await deployment.configure("serial-inference:steps[0].name", "numbers");
        await deployment.configure("serial-inference:steps[0].formerName", "digits");
        const done = steps(await deployment.up());
        expect(repositories()).to.deep.equal(before);
        expect(
            done.filter((step) => /(create|delete|replace).* (Repository|Image|LifecyclePolicy)$/.test(step)),
        ).to.deep.equal([]);
        expect(done.filter((step) => step.endsWith(" Endpoint"))).to.deep.equal(["update Endpoint"]);
        expect(done).to.include("create-replacement Model");
    });

    it("changes nothing more once the former name is taken away", async () => {
        await deployment.unconfigure("serial-inference:steps[0].formerName");
        expect(steps(await deployment.up())).to.deep.equal([]);
    });

    it("without a former name makes all of it anew, and deletes the old after the endpoint has moved", async () => {
        await deployment.configure("serial-inference:steps[0].name", "figures");
        const done = steps(await deployment.up());
        const moved = done.indexOf("update Endpoint");
        expect(done.indexOf("create Repository")).to.be.within(0, moved);
        expect(done.indexOf("delete Repository")).to.be.greaterThan(moved);
    });
});
