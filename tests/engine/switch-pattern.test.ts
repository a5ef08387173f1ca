import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { Deployment, type Operation } from "../../tools/deployment.ts";
import { clientEnvironment, sageMakerApi } from "../support/sagemaker-api.ts";
import { overCloud } from "../support/scaled-endpoint.ts";

const SECOND_STEP = {
    "serial-inference:steps[1].name": "check",
    "serial-inference:steps[1].image.build.folder": "containers/digits",
    "serial-inference:steps[1].image.build.args.STEP": "check", // the stand-in provider takes no two images of one digest
    "serial-inference:steps[1].artifact.path": "models/check",
};

/** `op type name` of the providers' resources, in order. */
const steps = (operations: readonly Operation[]): string[] =>
    operations.filter(({ isComponent }) => !isComponent).map(({ op, type, name }) => `${op} ${type} ${name}`);

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
        const ofEndpoint = done.filter((step) => step.includes(" Endpoint "));
        expect(ofEndpoint).to.deep.equal(["update Endpoint serial-inference"]);
        const moved = done.findIndex((step) => step.includes(" Endpoint "));
        expect(done.slice(0, moved).filter((step) => step.startsWith("delete"))).to.deep.equal([]);
        expect(done.filter((step) => step.endsWith(" serial-inference-digits"))).to.deep.equal([]);
        expect((await deployment.outputs())["endpointName"]?.value).to.equal("serial-inference-dev");
        return done;
    }

    it("from one container to a pipeline: adds what is new, moves the endpoint, and only then deletes", async () => {
        await pattern("inference-pipeline");
        await addStep();
        const done = await update();
        expect(done).to.include("create Image serial-inference-check");
        expect(done.slice(-2)).to.deep.equal([
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
    });

    it("makes a new model for another way of calling the same containers", async () => {
        await pattern("inference-pipeline");
        await addStep();
        await deployment.up();
        await deployment.configure("serial-inference:mode", "direct");
        expect(await update()).to.include("create-replacement Model serial-inference");
    });
});

/** Stack prod with the container of dev. */
function prodWithOneContainer(): string {
    const configOf = (stack: string) =>
        (parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8")) as { config: Record<string, unknown> }).config;
    const [prod, dev] = [configOf("prod"), configOf("dev")];
    const hosted = Object.entries(dev).filter(([key]) => /:(pattern|steps|sample)$/.test(key));
    return JSON.stringify({ config: { ...prod, ...Object.fromEntries(hosted) } }); // JSON is YAML
}

describe("switching the pattern of prod, with all that guards it, in the real engine", () => {
    let api: Awaited<ReturnType<typeof sageMakerApi>>;
    let deployment: Deployment;
    before(async () => {
        api = await sageMakerApi(
            overCloud(
                () => deployment,
                () => 4,
            ),
        );
        const files = {
            "Pulumi.prod.yaml": prodWithOneContainer(),
            "models/digits/artifact/model.joblib": "weights",
            "models/check/model.joblib": "other weights",
        };
        deployment = await Deployment.create("prod", files, clientEnvironment(api.url));
        await deployment.up();
    });
    after(() => {
        deployment.remove();
        api.close();
    });

    /** Updates, and holds that callers are served all the time. */
    async function update(): Promise<string[]> {
        const old = deployment.resource("aws.sagemaker.Endpoint=serial-inference-prod");
        const done = steps(await deployment.up());
        expect(done.filter((step) => step.includes(" Endpoint "))).to.deep.equal(["update Endpoint serial-inference"]);
        const moved = done.indexOf("update Endpoint serial-inference");
        const before = done.slice(0, moved);
        expect(before.filter((step) => step.startsWith("delete"))).to.deep.equal([]);
        expect(before).to.include.members([
            "create-replacement Model serial-inference",
            "create-replacement EndpointConfiguration serial-inference",
            "update MetricAlarm serial-inference-main-server-errors",
            "update MetricAlarm serial-inference-main-model-latency",
        ]);
        expect(done.slice(moved)).to.include.members([
            "delete-replaced EndpointConfiguration serial-inference",
            "delete-replaced Model serial-inference",
        ]);
        const kept = / (Target|Policy|CompositeAlarm|Topic|LogGroup|Budget) | Bucket|-capture$|-digits$/;
        expect(done.filter((step) => kept.test(step) && !step.includes("-check"))).to.deep.equal([]);
        const live = deployment.resource("aws.sagemaker.Endpoint=serial-inference-prod");
        expect(live["arn"]).to.equal(old["arn"]);
        expect(live["deploymentConfig"]).to.deep.equal(old["deploymentConfig"]);
        expect(await deployment.up()).to.deep.equal([]);
        return done;
    }

    /** The configuration that the endpoint is on. */
    const live = () => {
        const { endpointConfigName } = deployment.resource("aws.sagemaker.Endpoint=serial-inference-prod");
        return deployment.resource(`aws.sagemaker.EndpointConfiguration=${String(endpointConfigName)}`);
    };

    it("from one container to a pipeline: moves the endpoint once its new fleet is watched, and deletes last", async () => {
        await deployment.configure("serial-inference:pattern", "inference-pipeline");
        for (const [path, value] of Object.entries(SECOND_STEP)) await deployment.configure(path, value);
        expect(await update()).to.include("create Image serial-inference-check");
        expect(live()).to.have.property("dataCaptureConfig");
        expect(live()["productionVariants"]).to.have.nested.property("[0].initialInstanceCount", 4);
    });

    it("and back: takes away the second container, which is not protected", async () => {
        await deployment.configure("serial-inference:pattern", "inference-container");
        await deployment.unconfigure("serial-inference:steps[1]");
        const done = await update();
        expect(done).to.include("delete Repository serial-inference-check");
        const models = deployment.cloud().filter((file) => file.startsWith("aws.sagemaker.Model="));
        expect(models).to.have.length(1);
    });
});
