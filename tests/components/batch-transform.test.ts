import { expect } from "chai";
import type { RecordedResource } from "../../local/graph/recorded-resource.ts";
import { hostedTransform } from "../../local/graph/hosted-transform.ts";
import { InferenceContainer } from "../../patterns/inference-container.ts";
import type { TransformSettings } from "../../plans/transform.ts";
import { roleStatements } from "../support/execution-role.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";
import { only, record } from "../support/record.ts";

const types = (resources: readonly RecordedResource[]): string[] => resources.map(({ type }) => type);

describe("BatchTransform", () => {
    let folder: ProjectFolder;
    beforeEach(() => {
        folder = projectFolder({ "containers/own/Dockerfile": "FROM scratch", "models/own/model.bin": "weights" });
    });
    afterEach(() => {
        folder.remove();
    });

    const step = {
        name: "own",
        image: { build: { folder: "containers/own" } },
        artifact: { path: "models/own" },
    } as const;
    const lines: TransformSettings = { contentType: "text/csv", split: "line" };
    const deploy = (transform: TransformSettings, endpoint?: { name: string }) =>
        record(() => new InferenceContainer("app", { step, transform, ...(endpoint && { endpoint }) }));

    it("runs the model without an endpoint", async () => {
        const resources = await deploy(lines);
        expect(types(resources)).not.to.include("aws:sagemaker/endpoint:Endpoint");
        const model = only(resources, "aws:sagemaker/model:Model");
        expect(hostedTransform(resources)?.job.ModelName).to.equal(model.outputs["name"]);
        expect(hostedTransform(resources)?.model.containers.map(({ hostname }) => hostname)).to.deep.equal(["own"]);
    });

    it("shares one model with an endpoint", async () => {
        const resources = await deploy(lines, { name: "app-test" });
        expect(only(resources, "aws:sagemaker/endpoint:Endpoint").inputs["name"]).to.equal("app-test");
        expect(types(resources).filter((type) => type === "aws:sagemaker/model:Model")).to.have.length(1);
    });

    it("keeps the log of failures for 90 days, or for as long as the stack keeps logs", async () => {
        const days = async (logs?: { retentionDays: 365 } | "none") => {
            const uses = { endpoint: { name: "app-test" }, transform: lines, ...(logs && { logs }) };
            const resources = await record(() => new InferenceContainer("app", { step, ...uses }));
            const log = resources.find(({ inputs }) => String(inputs["name"]).startsWith("/aws/vendedlogs/states/"));
            return log?.inputs["retentionInDays"];
        };
        expect(await days()).to.equal(90);
        expect(await days("none")).to.equal(90);
        expect(await days({ retentionDays: 365 })).to.equal(365);
    });

    it("makes a private bucket for files and results, which is kept while it holds something", async () => {
        const resources = await deploy(lines);
        const [bucket] = resources.filter(
            ({ type, name }) => type === "aws:s3/bucket:Bucket" && name === "app-transform",
        );
        expect(bucket?.inputs["forceDestroy"]).to.equal(false);
        const blocked = resources.filter(({ type }) => type.endsWith(":BucketPublicAccessBlock"));
        expect(blocked).to.have.length(2);
    });

    it("lets the model's role read the input, list it, and write results, and nothing more", async () => {
        const resources = await deploy({ ...lines, input: "s3://lake/new/", output: "s3://lake/scored/" });
        const statements = roleStatements(resources, "sagemaker.amazonaws.com");
        const bySid = Object.fromEntries(statements.map((statement) => [statement.Sid, statement]));
        expect(bySid["ModelData"]?.Resource).to.include("arn:aws:s3:::lake/new/*");
        expect(bySid["ModelDataPrefix0"]).to.deep.include({
            Action: "s3:ListBucket",
            Resource: "arn:aws:s3:::lake",
            Condition: { StringLike: { "s3:prefix": "new/*" } },
        });
        expect(bySid["TransformResults"]).to.deep.include({
            Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
            Resource: ["arn:aws:s3:::lake/scored/*"],
        });
        expect(bySid["Logs"]?.Resource).to.deep.equal([
            "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/sagemaker/TransformJobs",
            "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/sagemaker/TransformJobs:*",
        ]);
        expect(types(resources).filter((type) => type === "aws:s3/bucket:Bucket")).to.have.length(1); // the artifact's
    });

    it("lets the state machine's role run this stack's jobs alone", async () => {
        const statements = roleStatements(await deploy(lines), "states.amazonaws.com");
        const jobs = statements.find(({ Sid }) => Sid === "TransformJobs");
        expect(jobs?.Resource).to.equal("arn:aws:sagemaker:eu-west-1:123456789012:transform-job/app-test-*");
        expect(jobs?.Action).to.include("sagemaker:AddTags"); // Step Functions tags what it starts
        const everywhere = statements.filter(({ Resource }) => Resource === "*").map(({ Sid }) => Sid);
        expect(everywhere).to.deep.equal(["LogDelivery"]);
    });

    it("tells an encrypted topic of failures, and those who want to hear of them", async () => {
        const resources = await deploy({ ...lines, notify: ["ml@example.com"] });
        expect(only(resources, "aws:sns/topic:Topic").inputs["kmsMasterKeyId"]).to.equal("alias/aws/sns");
        expect(only(resources, "aws:sns/topicSubscription:TopicSubscription").inputs).to.deep.include({
            protocol: "email",
            endpoint: "ml@example.com",
        });
    });

    it("starts nothing by itself unless it is told to", async () => {
        expect(types(await deploy(lines)).join()).not.to.match(/eventRule|bucketNotification/);
    });

    it("starts when a manifest lands, and keeps events that cannot be delivered", async () => {
        const resources = await deploy({ ...lines, startOn: "manifest" });
        const rule = only(resources, "aws:cloudwatch/eventRule:EventRule");
        const pattern = JSON.parse(String(rule.inputs["eventPattern"])) as { detail: unknown };
        const bucket = resources.find(({ type, name }) => type.endsWith(":Bucket") && name === "app-transform");
        expect(pattern.detail).to.deep.equal({
            bucket: { name: [bucket?.outputs["bucket"]] },
            object: { key: [{ wildcard: "input/*.manifest" }] },
        });
        expect(only(resources, "aws:s3/bucketNotification:BucketNotification").inputs["eventbridge"]).to.equal(true);
        const target = only(resources, "aws:cloudwatch/eventTarget:EventTarget").inputs;
        const queue = only(resources, "aws:sqs/queue:Queue").outputs["arn"];
        expect(target["deadLetterConfig"]).to.deep.equal({ arn: queue });
        expect(roleStatements(resources, "events.amazonaws.com").map(({ Action }) => Action)).to.deep.equal([
            "states:StartExecution",
        ]);
    });

    it("leaves the notifications of a bucket that is not its own alone", async () => {
        const resources = await deploy({ ...lines, input: "s3://lake/new/", startOn: "object" });
        expect(types(resources).join()).not.to.contain("bucketNotification");
        expect(String(only(resources, "aws:cloudwatch/eventRule:EventRule").inputs["eventPattern"])).to.contain(
            '"new/*"',
        );
    });

    it("refuses a model that nothing would use", () => {
        expect(() => new InferenceContainer("app", { step })).to.throw("nothing would use the model");
    });
});
