import { expect } from "chai";
import { InferenceContainer, type InferenceContainerArgs } from "../../patterns/inference-container.ts";
import type { DashboardBody } from "../../plans/dashboard/widget.ts";
import type { RecordedResource } from "../../local/graph/recorded-resource.ts";
import { only, record } from "../support/record.ts";

const step = {
    name: "own",
    image: { prebuilt: { name: "sagemaker-xgboost", version: "1.7-1" } },
    artifact: { uri: "s3://models/model.tar.gz" },
};
const deploy = (args: Partial<InferenceContainerArgs>) =>
    record(() => new InferenceContainer("app", { step, endpoint: { name: "app-test" }, ...args }));

const ofType = (resources: readonly RecordedResource[], type: string) =>
    resources.filter((resource) => resource.type === `aws:${type}`);
const alarm = (resources: readonly RecordedResource[], name: string) =>
    ofType(resources, "cloudwatch/metricAlarm:MetricAlarm").find(({ inputs }) => inputs["name"] === name)?.inputs;

const key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const onCall = "arn:aws:sns:eu-west-1:123456789012:on-call";

describe("Alarms", () => {
    it("are there where they are asked for, under the endpoint's name", async () => {
        expect(ofType(await deploy({}), "cloudwatch/metricAlarm:MetricAlarm")).to.deep.equal([]);
        const resources = await deploy({ alarms: true });
        const names = ofType(resources, "cloudwatch/metricAlarm:MetricAlarm").map(({ inputs }) => inputs["name"]);
        expect(names).to.have.members([
            "app-test/main/server-errors",
            "app-test/main/latency",
            "app-test/main/overhead",
            "app-test/main/cpu",
            "app-test/main/memory",
            "app-test/main/disk",
            "app-test/no-traffic",
        ]);
    });

    it("tell the topic, save those that page: they are told by one alarm over all of them", async () => {
        const resources = await deploy({ alarms: true });
        const topic = only(resources, "aws:sns/topic:Topic").outputs["arn"];
        expect(alarm(resources, "app-test/main/memory")).to.deep.include({ alarmActions: [topic], okActions: [topic] });
        expect(alarm(resources, "app-test/main/latency")).to.deep.include({ alarmActions: [], okActions: [] });
        expect(only(resources, "aws:cloudwatch/compositeAlarm:CompositeAlarm").inputs).to.deep.include({
            alarmName: "app-test/page",
            alarmRule:
                'ALARM("app-test/main/server-errors") OR ALARM("app-test/main/latency") OR ALARM("app-test/no-traffic")',
            alarmActions: [topic],
        });
    });

    it("page those who are to be woken, on what the stack says", async () => {
        const alarms = { page: { topic: onCall }, pageOn: ["latency", "disk"] } as const;
        const resources = await deploy({ alarms });
        expect(only(resources, "aws:cloudwatch/compositeAlarm:CompositeAlarm").inputs).to.deep.include({
            alarmRule: 'ALARM("app-test/main/latency") OR ALARM("app-test/main/disk")',
            alarmActions: [onCall],
        });
        expect(ofType(resources, "sns/topic:Topic")).to.have.length(1); // for the others
    });

    it("page nobody where every alarm that would is off", async () => {
        const alarms = { serverErrorPercent: "none", latencyMilliseconds: "none", noTrafficMinutes: "none" } as const;
        const resources = await deploy({ alarms });
        expect(ofType(resources, "cloudwatch/compositeAlarm:CompositeAlarm")).to.deep.equal([]);
    });

    it("compare a ratio that is guarded against few requests", async () => {
        const inputs = alarm(await deploy({ alarms: true }), "app-test/main/server-errors");
        expect(inputs).to.include({ threshold: 1, treatMissingData: "notBreaching", datapointsToAlarm: 2 });
        const queries = inputs?.["metricQueries"] as Record<string, unknown>[];
        expect(queries.map(({ id, returnData }) => [id, returnData])).to.deep.equal([
            ["a", false],
            ["b", false],
            ["c", false],
            ["level", true],
        ]);
        expect(queries.at(-1)?.["expression"]).to.contain("IF(a >= 10");
    });

    it("may publish to the topic, of this account alone and over TLS; the key is the stack's", async () => {
        const resources = await deploy({ alarms: true, key });
        expect(only(resources, "aws:sns/topic:Topic").inputs).to.include({ kmsMasterKeyId: key });
        const policy = String(only(resources, "aws:sns/topicPolicy:TopicPolicy").inputs["policy"]);
        const { Statement } = JSON.parse(policy) as { Statement: Record<string, unknown>[] };
        expect(
            Statement.map(({ Effect, Principal, Action, Condition }) => ({ Effect, Principal, Action, Condition })),
        ).to.deep.equal([
            {
                Effect: "Allow",
                Principal: { Service: "cloudwatch.amazonaws.com" },
                Action: "sns:Publish",
                Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
            },
            {
                Effect: "Deny",
                Principal: "*",
                Action: "sns:Publish",
                Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
        ]);
    });

    it("never use SNS's own key, with which CloudWatch could tell nobody", async () => {
        const { inputs } = only(await deploy({ alarms: true }), "aws:sns/topic:Topic");
        expect(inputs).not.to.have.property("kmsMasterKeyId");
    });

    it("reach e-mail and https addresses", async () => {
        const subscribers = ["ml@example.com", "https://events.example.com/alarms"];
        const resources = await deploy({ alarms: { notify: { subscribers } } });
        expect(
            ofType(resources, "sns/topicSubscription:TopicSubscription").map(({ inputs }) => [
                inputs["protocol"],
                inputs["endpoint"],
            ]),
        ).to.deep.equal([
            ["email", "ml@example.com"],
            ["https", "https://events.example.com/alarms"],
        ]);
    });

    it("make no topic where one is named", async () => {
        const resources = await deploy({ alarms: { notify: { topic: onCall } } });
        expect(ofType(resources, "sns/topic:Topic")).to.deep.equal([]);
        expect(alarm(resources, "app-test/main/memory")?.["alarmActions"]).to.deep.equal([onCall]);
    });

    it("show on the dashboard with their state and level", async () => {
        const resources = await deploy({ alarms: { latencyMilliseconds: 321 }, dashboard: true });
        const body = String(only(resources, "aws:cloudwatch/dashboard:Dashboard").inputs["dashboardBody"]);
        const { widgets } = JSON.parse(body) as DashboardBody;
        const states = widgets.find((widget) => widget.type === "alarm")?.properties.alarms;
        expect(states?.[0]).to.equal("arn:aws:cloudwatch:eu-west-1:123456789012:alarm:app-test/page");
        expect(states).to.have.length(8);
        expect(body).to.contain('"horizontal":[{"label":"alarm","value":321}]');
    });

    it("are refused where the endpoint has nothing for them, before anything is registered", () => {
        const alarms = { gpuPercent: 80, pageOn: ["backlog"] } as const;
        expect(() => new InferenceContainer("app", { step, endpoint: { name: "app-test" }, alarms })).to.throw(
            /alarms\.gpuPercent: no variant has a known number of GPUs[^]*alarms\.pageOn: there is no alarm "backlog"/,
        );
    });
});
