import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { expect } from "chai";
import { Deployment, type Operation } from "../../tools/deployment.ts";
import { answering, Stage, variant } from "../local/gateway/support/stage.ts";
import { controlPlane } from "../support/control-plane.ts";

const MODEL = "models/digits/artifact/model.joblib";
const ENDPOINT = "aws.sagemaker.Endpoint=serial-inference-dev.json";

/** `op type` of the providers' resources that have to do with the endpoint, in order. */
const steps = (operations: readonly Operation[]): string[] =>
    operations
        .filter(({ isComponent, type }) => !isComponent && /Model|Endpoint|Alarm/.test(type))
        .map(({ op, type }) => `${op} ${type}`);

const MOVE_AND_DELETE = ["update Endpoint", "delete-replaced EndpointConfiguration", "delete-replaced Model"];

describe("safe updates in the real engine", () => {
    let deployment: Deployment;
    before(async () => {
        deployment = await Deployment.create("dev", { [MODEL]: "weights" });
        await deployment.configure("serial-inference:endpoint.instanceCount", "2");
        await deployment.configure("serial-inference:endpoint.deployment.type", "canary");
        await deployment.configure("serial-inference:endpoint.deployment.size.percent", "50");
        await deployment.up();
    });
    after(() => {
        deployment.remove();
    });

    const wanted = async () => (await deployment.outputs())["endpointConfigName"]?.value as string;
    const live = () => (deployment.inCloud(ENDPOINT)["outputs"] as Record<string, unknown>)["endpointConfigName"];
    const configurations = () => deployment.cloud().filter((file) => file.includes("EndpointConfiguration="));
    const refusal = () =>
        deployment.up().then(
            () => "accepted",
            (error: unknown) => (error as Error).message,
        );

    it("a canary update: the alarms watch the new configuration before the endpoint moves to it, and the old one goes last", async () => {
        deployment.write(MODEL, "other weights");
        expect(steps(await deployment.up())).to.deep.equal([
            "create-replacement Model",
            "replace Model",
            "create-replacement EndpointConfiguration",
            "replace EndpointConfiguration",
            "update MetricAlarm",
            ...MOVE_AND_DELETE,
        ]);
        expect(live()).to.equal(await wanted());
    });

    it("one that SageMaker rolls back: fails, names both configurations, and keeps the one that is in use", async () => {
        const old = live();
        deployment.rollBack(true);
        deployment.write(MODEL, "bad weights");
        const message = await refusal();
        expect(live()).to.equal(old);
        expect(message).to.contain('endpoint "serial-inference-dev" has a problem');
        expect(message).to.contain(`it is on configuration "${String(old)}", not on "${await wanted()}"`);
        expect(message).not.to.contain("at refuse");
        expect(configurations())
            .to.have.length(2)
            .and.to.include(`aws.sagemaker.EndpointConfiguration=${String(old)}.json`);
    });

    it("the smoke test tells it from the stack's outputs and what SageMaker says, though the old model answers as expected", async () => {
        const plane = await controlPlane(() => ({
            "serial-inference-dev": { EndpointStatus: "InService", EndpointConfigName: String(live()) },
        }));
        const stage = new Stage();
        const container = await stage.container("digits", answering('{"predictions": [{"label": 7}]}'));
        const runtime = await stage.gateway([{ name: "serial-inference-dev", variants: [variant([container])] }]);
        try {
            const child = spawn(process.execPath, ["local/smoke.ts", "--requests", "1"], {
                stdio: ["ignore", "pipe", "inherit"],
                env: {
                    ...process.env,
                    ...deployment.environment,
                    AWS_ENDPOINT_URL_SAGEMAKER: plane.url,
                    AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: runtime,
                    AWS_ACCESS_KEY_ID: "any",
                    AWS_SECRET_ACCESS_KEY: "any",
                },
            });
            const ended = new Promise((resolve) => child.once("close", resolve));
            const output = await text(child.stdout);
            expect(output).to.match(/^status +ok +InService$/m);
            expect(output).to.match(/^answer +ok /m);
            expect(output).to.contain(`FAILED  on "${String(live())}", not on "${await wanted()}"`);
            expect(await ended).to.equal(1);
        } finally {
            plane.stop();
            await stage.stop();
        }
    });

    it("shows the way on in the preview, which does not fail", async () => {
        expect(steps(await deployment.preview())).to.deep.equal(MOVE_AND_DELETE);
    });

    it("fails again on the next up where it is rolled back again, and still deletes nothing", async () => {
        expect(await refusal()).to.contain("SageMaker rolled the update back");
        expect(configurations()).to.have.length(2);
    });

    it("goes through once SageMaker lets it, and clears up what was left", async () => {
        deployment.rollBack(false);
        expect(steps(await deployment.up())).to.deep.equal(MOVE_AND_DELETE);
        expect(live()).to.equal(await wanted());
        expect(configurations()).to.deep.equal([`aws.sagemaker.EndpointConfiguration=${await wanted()}.json`]);
        expect(await deployment.up()).to.deep.equal([]);
    });

    it("goes to another type of deployment, and to other alarms, without replacing the endpoint", async () => {
        await deployment.configure("serial-inference:endpoint.deployment.type", "linear");
        await deployment.configure("serial-inference:endpoint.deployment.rollback.modelLatencyMs", "250");
        expect(steps(await deployment.up())).to.deep.equal(["create MetricAlarm", "update Endpoint"]);
    });

    it("leaves nothing behind when it is destroyed", async () => {
        await deployment.destroy();
        expect(deployment.cloud()).to.deep.equal([]);
    });
});
