import { expect } from "chai";
import { Deployment } from "../../tools/deployment.ts";
import { interruptions, steps } from "../support/interruptions.ts";

const SECOND_STEP = {
    "serial-inference:steps[1].name": "check",
    "serial-inference:steps[1].image.build.folder": "containers/digits",
    "serial-inference:steps[1].image.build.args.STEP": "check", // the stand-in provider takes no two images of one digest
    "serial-inference:steps[1].artifact.path": "models/check",
};

describe("switching a live stack's pattern in the real engine", () => {
    let deployment: Deployment;
    before(async () => {
        deployment = await Deployment.create("dev", {
            "models/digits/artifact/model.joblib": "weights",
            "models/check/model.joblib": "other weights",
        });
        await deployment.up();
    });
    after(() => {
        deployment.remove();
    });
    const pattern = (name: string) => deployment.configure("serial-inference:pattern", name);
    const addStep = async () => {
        for (const [path, value] of Object.entries(SECOND_STEP)) await deployment.configure(path, value);
    };

    /** Updates, and holds what every switch keeps: the endpoint, and the container that stays. */
    async function update(): Promise<string[]> {
        const done = steps(await deployment.up());
        expect(interruptions(done)).to.deep.equal([]);
        expect(done.filter((step) => step.endsWith(" serial-inference-digits"))).to.deep.equal([]);
        expect((await deployment.outputs())["endpointName"]?.value).to.equal("serial-inference-dev");
        return done;
    }

    it("from one container to a pipeline: adds what is new, moves the endpoint, and only then deletes", async () => {
        await pattern("inference-pipeline");
        await addStep();
        const done = await update();
        expect(done).to.include("create Image serial-inference-check");
        expect(done.slice(-3)).to.have.members([
            "delete-replaced RolePolicy serial-inference-model-data",
            "delete-replaced EndpointConfiguration serial-inference",
            "delete-replaced Model serial-inference",
        ]);
    });

    it("from a pipeline to an ensemble of the same models: changes nothing but the component around them", async () => {
        await pattern("model-ensemble");
        expect(steps(await deployment.up())).to.deep.equal([]);
        expect((await deployment.outputs())["endpointName"]?.value).to.equal("serial-inference-dev");
    });

    it("and back to one container: deletes the second one's image and artifact last", async () => {
        await pattern("inference-container");
        await deployment.unconfigure("serial-inference:steps[1]");
        const done = await update();
        expect(done.filter((step) => step.startsWith("delete "))).to.include.members([
            "delete Image serial-inference-check",
            "delete Repository serial-inference-check",
        ]);
        expect(done).to.include("delete-replaced RolePolicy serial-inference-model-data");
    });

    it("makes a new model for another way of calling the same containers", async () => {
        await pattern("inference-pipeline");
        await addStep();
        await deployment.up();
        await deployment.configure("serial-inference:mode", "direct");
        expect(await update()).to.include("create-replacement Model serial-inference");
    });
});
