import { expect } from "chai";
import type { RecordedResource } from "../../local/graph/recorded-resource.ts";
import { InferenceContainer } from "../../patterns/inference-container.ts";
import type { Async } from "../../plans/async.ts";
import type { EndpointSettings } from "../../plans/endpoint.ts";
import { roleStatements } from "../support/execution-role.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";
import { only, record } from "../support/record.ts";

describe("AsyncData", () => {
    let folder: ProjectFolder;
    beforeEach(() => {
        folder = projectFolder({ "containers/own/Dockerfile": "FROM scratch" });
    });
    afterEach(() => {
        folder.remove();
    });

    const step = { name: "own", image: { build: { folder: "containers/own" } } } as const;
    const deploy = (async: Async, more: EndpointSettings = {}) =>
        record(() => new InferenceContainer("app", { step, endpoint: { name: "app-test", async, ...more } }));
    const grants = (resources: readonly RecordedResource[]) =>
        roleStatements(resources).filter(({ Sid }) => Sid.startsWith("Async"));

    it("makes a private bucket for requests, results and failures, which is kept while it holds something", async () => {
        const resources = await deploy({});
        const bucket = only(resources, "aws:s3/bucket:Bucket");
        expect([bucket.name, bucket.inputs["forceDestroy"]]).to.deep.equal(["app-async", false]);
        const name = String(bucket.outputs["bucket"]);
        const configuration = only(resources, "aws:sagemaker/endpointConfiguration:EndpointConfiguration");
        expect(configuration.inputs["asyncInferenceConfig"]).to.deep.equal({
            outputConfig: { s3OutputPath: `s3://${name}/output/`, s3FailurePath: `s3://${name}/failure/` },
        });
        for (const part of ["BucketPublicAccessBlock", "BucketPolicy", "BucketLifecycleConfiguration"])
            expect(resources.filter(({ type }) => type.endsWith(`:${part}`))).to.have.length(1);
    });

    it("lets the role read requests, write results and failures, and nothing more", async () => {
        const resources = await deploy({ input: "s3://lake/in/", output: "s3://lake/out/", failure: "s3://bad/x/" });
        expect(resources.filter(({ type }) => type === "aws:s3/bucket:Bucket")).to.deep.equal([]);
        expect(grants(resources)).to.deep.equal([
            { Sid: "AsyncRequests", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::lake/in/*" },
            {
                Sid: "AsyncRequestsPrefix",
                Effect: "Allow",
                Action: "s3:ListBucket",
                Resource: "arn:aws:s3:::lake",
                Condition: { StringLike: { "s3:prefix": "in/*" } },
            },
            {
                Sid: "AsyncResults",
                Effect: "Allow",
                Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
                Resource: ["arn:aws:s3:::lake/out/*", "arn:aws:s3:::bad/x/*"],
            },
        ]);
    });

    it("tells a topic of its own, or one that is there, and lets the role do just that, by the key too", async () => {
        const successTopic = "arn:aws:sns:eu-west-1:123456789012:results";
        const kmsKey = "arn:aws:kms:eu-west-1:123456789012:key/1a2b";
        const resources = await deploy({ successTopic, errorTopic: "create", kmsKey });
        const made = only(resources, "aws:sns/topic:Topic");
        expect(made.name).to.equal("app-error");
        const topics = [successTopic, made.outputs["arn"]];
        const bySid = Object.fromEntries(grants(resources).map((grant) => [grant.Sid, grant]));
        expect(bySid["AsyncTopics"]).to.deep.include({ Action: "sns:Publish", Resource: topics });
        expect(bySid["AsyncKey"]).to.deep.include({ Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: kmsKey });
    });

    it("lets callers invoke it, asynchronously alone", async () => {
        let policies: Promise<string> | undefined;
        await record(() => {
            const endpoint = { name: "app-test", async: {}, callers: [{ name: "site" }] };
            const { hosted } = new InferenceContainer("app", { step, endpoint });
            policies = new Promise((resolve) =>
                hosted.callerPolicies?.apply(({ site }) => {
                    resolve(site ?? "");
                }),
            );
        });
        expect(await policies).to.contain('"sagemaker:InvokeEndpointAsync"');
    });

    it("scales to zero by the backlog, and back by an alarm on requests that wait", async () => {
        const scaling = { min: 0, max: 4, target: { backlogPerInstance: 5 } };
        const resources = await deploy({}, { scaling });
        expect(only(resources, "aws:appautoscaling/target:Target").inputs).to.include({
            minCapacity: 0,
            maxCapacity: 4,
        });
        const policies = resources.filter(({ type }) => type === "aws:appautoscaling/policy:Policy");
        expect(policies.map(({ name, inputs }) => [name, inputs["policyType"]])).to.have.deep.members([
            ["app-main", "TargetTrackingScaling"],
            ["app-main-from-zero", "StepScaling"],
        ]);
        const alarm = only(resources, "aws:cloudwatch/metricAlarm:MetricAlarm").inputs;
        expect(alarm).to.include({ metricName: "HasBacklogWithoutCapacity", namespace: "AWS/SageMaker" });
        expect(alarm["dimensions"]).to.deep.equal({ EndpointName: "app-test" });
    });

    it("needs no way back where one instance always stays", async () => {
        const resources = await deploy({}, { scaling: { min: 1, max: 4, target: { backlogPerInstance: 5 } } });
        expect(resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm")).to.deep.equal([]);
    });
});
