import { expect } from "chai";
import { InferenceContainer } from "../../patterns/inference-container.ts";
import type { Deployment } from "../../plans/deployment.ts";
import type { EndpointSettings } from "../../plans/endpoint.ts";
import { roleStatements } from "../support/execution-role.ts";
import { only, record } from "../support/record.ts";

const step = {
    name: "digits",
    image: { prebuilt: { name: "sagemaker-xgboost", version: "1.7-1" } },
    artifact: { uri: "s3://bucket/model.tar.gz" },
};
const deploy = (deployment: Deployment | undefined, settings: EndpointSettings = { instanceCount: 2 }) => {
    const endpoint = { name: "app-test", ...settings, ...(deployment && { deployment }) };
    return record(() => new InferenceContainer("app", { step, endpoint }));
};

describe("the alarms that roll a deployment back", () => {
    it("watch the new configuration's fleet of each variant, and are handed to the endpoint with those named", async () => {
        const resources = await deploy(
            { type: "canary", size: { percent: 50 }, rollback: { modelLatencyMs: 250, alarms: ["business"] } },
            { instanceCount: 2, variants: [{ name: "stable", weight: 9 }, { name: "next" }] },
        );
        const alarms = resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
        expect(alarms.map(({ name }) => name)).to.deep.equal([
            "app-stable-server-errors",
            "app-next-server-errors",
            "app-stable-model-latency",
            "app-next-model-latency",
        ]);
        const configuration = only(resources, "aws:sagemaker/endpointConfiguration:EndpointConfiguration").outputs[
            "name"
        ];
        for (const { inputs } of alarms) {
            expect(inputs["dimensions"]).to.include({ EndpointName: "app-test", EndpointConfigName: configuration });
            expect(inputs).to.include({ namespace: "AWS/SageMaker", treatMissingData: "notBreaching" });
        }
        expect(alarms[0]?.inputs).to.deep.include({
            metricName: "Invocation5XXErrors",
            statistic: "Average",
            threshold: 0.01,
            dimensions: { EndpointName: "app-test", VariantName: "stable", EndpointConfigName: configuration },
        });
        expect(alarms[3]?.inputs).to.include({
            metricName: "ModelLatency",
            extendedStatistic: "p99",
            threshold: 250_000,
        });
        expect(alarms[3]?.inputs).not.to.have.property("statistic");

        const { inputs } = only(resources, "aws:sagemaker/endpoint:Endpoint");
        const rollback = (inputs["deploymentConfig"] as Record<string, { alarms: { alarmName: string }[] }>)[
            "autoRollbackConfiguration"
        ];
        expect(rollback?.alarms.map(({ alarmName }) => alarmName)).to.deep.equal([
            ...alarms.map(({ outputs }) => outputs["name"]),
            "business",
        ]);
    });

    it("may be looked at by the execution role, and no others", async () => {
        const resources = await deploy({ type: "all-at-once", rollback: { alarms: ["business"] } });
        expect(roleStatements(resources).find(({ Sid }) => Sid === "RollbackAlarms")).to.deep.include({
            Action: "cloudwatch:DescribeAlarms",
            Resource: [
                "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:app-main-server-errors-*",
                "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:business",
            ],
        });
    });

    it("are not there, nor looked at, without a deployment", async () => {
        const resources = await deploy(undefined);
        expect(resources.filter(({ type }) => type.startsWith("aws:cloudwatch/metricAlarm"))).to.deep.equal([]);
        expect(only(resources, "aws:sagemaker/endpoint:Endpoint").inputs).not.to.have.property("deploymentConfig");
        expect(JSON.stringify(roleStatements(resources))).not.to.contain("DescribeAlarms");
    });

    it("are refused with the rest of the stack before anything is registered", async () => {
        let message = "";
        const resources = await record(() => {
            try {
                const deployment = { type: "canary", size: { instances: 2 } } as const;
                const endpoint = { name: "no_name", instanceCount: 2, deployment };
                new InferenceContainer("app", { step, endpoint });
            } catch (error) {
                message = (error as Error).message;
            }
        });
        expect(resources).to.deep.equal([]);
        expect(message).to.contain("its name is not up to 63 letters");
        expect(message).to.contain('deployment: size is 2 of the 2 instances of variant "main"');
    });
});
