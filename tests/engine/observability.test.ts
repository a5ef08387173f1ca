import { expect } from "chai";
import { Deployment, type Operation } from "../../tools/deployment.ts";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const STACK = {
    config: {
        "serial-inference:pattern": "inference-pipeline",
        "serial-inference:steps": [
            { name: "check", image: { build: { folder: "containers/digits", args: { STEP: "check" } } } },
            {
                name: "predict",
                image: { build: { folder: "containers/digits" } },
                artifact: { path: "models/predict" },
            },
        ],
        "serial-inference:endpoint": { dataCapture: { samplingPercent: 10 } },
        "serial-inference:dashboard": true,
        "serial-inference:alarms": {
            notify: { subscribers: ["ml@example.com"] },
            page: { subscribers: ["https://pager.example.com/hook"] },
        },
        "serial-inference:logs": { retentionDays: 90 },
        "serial-inference:key": KEY,
    },
};

/** `op type name` of the providers' resources, in order. */
const steps = (operations: readonly Operation[]): string[] =>
    operations.filter(({ isComponent }) => !isComponent).map(({ op, type, name }) => `${op} ${type} ${name}`);

describe("a stack that watches its endpoint in the real engine", () => {
    let deployment: Deployment;
    before(async () => {
        deployment = await Deployment.create("watched", {
            "Pulumi.watched.yaml": JSON.stringify(STACK), // JSON is YAML
            "models/predict/model.joblib": "weights",
        });
    });
    after(() => {
        deployment.remove();
    });

    it("comes up with the log group before the endpoint, and changes nothing on the second up", async () => {
        const done = steps(await deployment.up());
        const group = done.indexOf("create LogGroup serial-inference");
        expect(group).to.be.within(0, done.indexOf("create Endpoint serial-inference") - 1);
        expect(done.filter((step) => step.startsWith("create MetricAlarm"))).to.have.length(7);
        const outputs = await deployment.outputs();
        expect(outputs["dashboardName"]?.value).to.equal("serial-inference-watched-us-east-1");
        expect(outputs["alarmTopicArn"]?.value).to.match(/:serial-inference-alarms-\w{7}$/);
        expect(outputs["dataCaptureUri"]?.value).to.match(/^s3:\/\/serial-inference-capture-\w{7}\/capture$/);
        expect(await deployment.up()).to.deep.equal([]);
    });

    it("touches nothing that watches for a new model", async () => {
        deployment.write("models/predict/model.joblib", "other weights");
        const done = steps(await deployment.up());
        expect(done).to.include("update Endpoint serial-inference");
        expect(done.filter((step) => /Alarm|Dashboard|LogGroup|Topic|Role|capture/.test(step))).to.deep.equal([]);
    });

    it("updates an alarm and the dashboard that shows it for another level, and nothing else", async () => {
        await deployment.configure("serial-inference:alarms.latencyMilliseconds", "800");
        expect(steps(await deployment.up())).to.have.members([
            "update MetricAlarm serial-inference/main/latency",
            "update Dashboard serial-inference",
        ]);
    });

    it("takes an alarm out of the one that pages before it deletes it, since CloudWatch would refuse", async () => {
        await deployment.configure("serial-inference:alarms.noTrafficMinutes", "none");
        const done = steps(await deployment.up());
        const [rule, gone] = [
            "update CompositeAlarm serial-inference/page",
            "delete MetricAlarm serial-inference/no-traffic",
        ];
        expect(done).to.include.members([rule, gone]);
        expect(done.indexOf(rule)).to.be.lessThan(done.indexOf(gone));
    });

    it("makes a new configuration, and no new model, to record more", async () => {
        await deployment.configure("serial-inference:endpoint.dataCapture.samplingPercent", "50");
        expect(steps(await deployment.up())).to.deep.equal([
            "create-replacement EndpointConfiguration serial-inference",
            "replace EndpointConfiguration serial-inference",
            "update Endpoint serial-inference",
            "delete-replaced EndpointConfiguration serial-inference",
        ]);
    });

    it("keeps all that watches over a switch of the pattern", async () => {
        await deployment.configure("serial-inference:pattern", "inference-container");
        await deployment.unconfigure("serial-inference:steps[0]");
        const done = steps(await deployment.up());
        expect(done.filter((step) => /Alarm|LogGroup|Topic|-capture/.test(step))).to.deep.equal([]);
        expect(done).to.include("update Dashboard serial-inference");
    });

    it("deletes the alarm that pages before those it goes over, and leaves nothing behind when it is destroyed", async () => {
        const done = steps(await deployment.destroy());
        const page = done.indexOf("delete CompositeAlarm serial-inference/page");
        const first = done.findIndex((step) => step.startsWith("delete MetricAlarm serial-inference/main/latency"));
        expect(page).to.be.within(0, first - 1);
        expect(deployment.cloud()).to.deep.equal([]);
    });
});
