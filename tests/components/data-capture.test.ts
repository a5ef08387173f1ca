import { expect } from "chai";
import { InferenceContainer } from "../../patterns/inference-container.ts";
import type { DataCaptureSettings } from "../../plans/data-capture.ts";
import type { RecordedResource } from "../../local/graph/recorded-resource.ts";
import { roleStatements } from "../support/execution-role.ts";
import { only, record } from "../support/record.ts";

const step = {
    name: "own",
    image: { prebuilt: { name: "sagemaker-xgboost", version: "1.7-1" } },
    artifact: { uri: "s3://models/model.tar.gz" },
};
const key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const deploy = (dataCapture?: DataCaptureSettings, others: { key?: string } = {}) =>
    record(
        () =>
            new InferenceContainer("app", {
                step,
                endpoint: { name: "app-test", ...(dataCapture && { dataCapture }) },
                ...others,
            }),
    );
const captureConfig = (resources: readonly RecordedResource[]) =>
    only(resources, "aws:sagemaker/endpointConfiguration:EndpointConfiguration").inputs["dataCaptureConfig"];
const statement = (resources: readonly RecordedResource[], sid: string) =>
    roleStatements(resources).find(({ Sid }) => Sid === sid);

describe("DataCapture", () => {
    it("is off unless it is asked for", async () => {
        const resources = await deploy();
        expect(captureConfig(resources)).to.equal(undefined);
        expect(statement(resources, "DataCapture")).to.equal(undefined);
        expect(resources.filter(({ type }) => type.startsWith("aws:s3/"))).to.deep.equal([]);
    });

    it("records into a bucket of its own, from which files go by themselves and which is kept while it holds some", async () => {
        const resources = await deploy({ samplingPercent: 5, keepDays: 14 });
        const bucket = only(resources, "aws:s3/bucket:Bucket");
        expect(bucket.inputs["forceDestroy"]).to.equal(false);
        expect(captureConfig(resources)).to.deep.include({
            initialSamplingPercentage: 5,
            destinationS3Uri: `s3://${String(bucket.outputs["bucket"])}/capture`,
        });
        const { rules } = only(resources, "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs;
        expect(rules).to.deep.include.members([
            { id: "expire", status: "Enabled", filter: {}, expiration: { days: 14 } },
        ]);
        const policy = String(only(resources, "aws:s3/bucketPolicy:BucketPolicy").inputs["policy"]);
        expect(policy).to.contain('"aws:SecureTransport":"false"');
    });

    it("lets the role write there and nowhere else", async () => {
        const resources = await deploy({});
        expect(statement(resources, "DataCapture")).to.deep.equal({
            Sid: "DataCapture",
            Effect: "Allow",
            Action: "s3:PutObject",
            Resource: `${String(only(resources, "aws:s3/bucket:Bucket").outputs["arn"])}/capture/*`,
        });
        expect(statement(resources, "DataCaptureKey")).to.equal(undefined);
    });

    it("encrypts with the stack's key, which the role may use for it", async () => {
        const resources = await deploy({}, { key });
        expect(captureConfig(resources)).to.include({ kmsKeyId: key });
        expect(statement(resources, "DataCaptureKey")).to.include({ Resource: key });
        const { rules } = only(
            resources,
            "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        ).inputs;
        expect(rules).to.deep.equal([
            {
                applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key },
                bucketKeyEnabled: true,
            },
        ]);
    });

    it("records below a prefix that is there already, whose bucket it leaves alone", async () => {
        const resources = await deploy({ destination: "s3://lake/app/captured/" });
        expect(resources.filter(({ type }) => type.startsWith("aws:s3/"))).to.deep.equal([]);
        expect(captureConfig(resources)).to.include({ destinationS3Uri: "s3://lake/app/captured" });
        expect(statement(resources, "DataCapture")).to.include({ Resource: "arn:aws:s3:::lake/app/captured/*" });
    });
});
