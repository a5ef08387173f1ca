import { expect } from "chai";
import type { RecordedResource } from "../../local/graph/recorded-resource.ts";
import { InferenceContainer, type InferenceContainerArgs } from "../../patterns/inference-container.ts";
import { type ProjectFolder, projectFolder } from "../support/project-folder.ts";
import { only, record } from "../support/record.ts";

const given = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const step = { name: "own", image: { build: { folder: "containers/own" } }, artifact: { path: "models/own" } };
const endpoint = { name: "app-test" };
const transform = { contentType: "text/csv" };

const deploy = (args: Partial<InferenceContainerArgs>, log: string[] = []) =>
    record(() => new InferenceContainer("app", { step, endpoint, ...args }), log);
const ofType = (resources: readonly RecordedResource[], suffix: string) =>
    resources.filter(({ type }) => type.endsWith(suffix));
const keyArn = (resources: readonly RecordedResource[]) => String(only(resources, "aws:kms/key:Key").outputs["arn"]);

type Statement = Record<string, unknown>;
const statements = (
    resources: readonly RecordedResource[],
    suffix: string,
    name = "app",
): Record<string, Statement> => {
    const found = ofType(resources, suffix).find((resource) => resource.name === name);
    const { Statement: all } = JSON.parse(String(found?.inputs["policy"])) as { Statement: { Sid: string }[] };
    return Object.fromEntries(all.map((statement) => [statement.Sid, statement]));
};

describe("the key of a stack", () => {
    let folder: ProjectFolder;
    before(() => {
        folder = projectFolder({
            "containers/own/Dockerfile": "FROM scratch",
            "models/own/model.bin": "weights",
        });
    });
    after(() => {
        folder.remove();
    });

    it("is none that the stack makes, unless it is asked for", async () => {
        for (const resources of [await deploy({}), await deploy({ key: given })])
            expect(resources.filter(({ type }) => type.startsWith("aws:kms/"))).to.deep.equal([]);
    });

    it("is rotated, has an alias of the stack's name, and is 30 days in the bin", async () => {
        const resources = await deploy({ key: { make: {} } });
        expect(only(resources, "aws:kms/key:Key").inputs).to.deep.include({
            enableKeyRotation: true,
            rotationPeriodInDays: 365,
            deletionWindowInDays: 30,
        });
        expect(only(resources, "aws:kms/alias:Alias").inputs).to.include({ name: "alias/app-test" });
        const other = await deploy({ key: { make: { deletionDays: 7, rotationDays: 90 } } });
        expect(only(other, "aws:kms/key:Key").inputs).to.include({ rotationPeriodInDays: 90, deletionWindowInDays: 7 });
    });

    it("is used by the role, by principals through services alone, and by those services that the stack needs", async () => {
        const resources = await deploy({ key: { make: {} }, alarms: true, transform });
        const policy = statements(resources, ":KeyPolicy");
        expect(Object.keys(policy)).to.deep.equal([
            "AdministeredByIam",
            "UsedThroughServices",
            "GrantsForServices",
            "ExecutionRole",
            "Logs",
            "Alarms",
        ]);
        const use = /^kms:(Decrypt|Encrypt|ReEncrypt|GenerateDataKey|CreateGrant)/;
        for (const action of [policy["AdministeredByIam"]?.["Action"]].flat()) expect(action).not.to.match(use);
        expect(policy["UsedThroughServices"]?.["Condition"]).to.deep.equal({
            StringEquals: {
                "kms:ViaService": ["ecr", "s3", "sagemaker", "sns"].map(
                    (service) => `${service}.eu-west-1.amazonaws.com`,
                ),
            },
        });
        expect(policy["GrantsForServices"]?.["Condition"]).to.deep.equal({
            Bool: { "kms:GrantIsForAWSResource": "true" },
        });
        expect(policy["ExecutionRole"]?.["Principal"]).to.deep.equal({
            AWS: ofType(resources, ":Role").find(({ name }) => name === "app")?.outputs["arn"],
        });
        expect(policy["Logs"]).to.deep.include({
            Principal: { Service: "logs.eu-west-1.amazonaws.com" },
            Condition: {
                ArnEquals: {
                    "kms:EncryptionContext:aws:logs:arn": [
                        "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/sagemaker/Endpoints/app-test",
                        "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/vendedlogs/states/app-test",
                    ],
                },
            },
        });
        expect(policy["Alarms"]?.["Condition"]).to.deep.equal({
            StringEquals: { "aws:SourceAccount": "123456789012" },
        });

        const bare = statements(await deploy({ key: { make: {} }, logs: "none" }), ":KeyPolicy");
        expect(bare).not.to.have.any.keys("Logs", "Alarms");
    });

    it("names, in its policy, all log groups that it encrypts", async () => {
        const resources = await deploy({ key: { make: {} }, transform, network: { vpc: { make: {} } } });
        const groups = ofType(resources, ":LogGroup");
        expect(groups).to.have.length(3);
        const allowed = JSON.stringify(statements(resources, ":KeyPolicy")["Logs"]?.["Condition"]);
        for (const { inputs } of groups) {
            expect(inputs["kmsKeyId"]).to.equal(keyArn(resources));
            expect(allowed).to.contain(`log-group:${String(inputs["name"])}"`);
        }
    });

    for (const key of [given, { make: {} }]) {
        it(`encrypts all that the stack keeps and tells: ${typeof key === "string" ? "given" : "made"}`, async () => {
            const resources = await deploy({
                key,
                transform,
                alarms: true,
                endpoint: { ...endpoint, dataCapture: {} },
            });
            const arn = typeof key === "string" ? key : keyArn(resources);
            for (const { inputs } of ofType(resources, ":Topic")) expect(inputs["kmsMasterKeyId"]).to.equal(arn);
            for (const { inputs } of ofType(resources, ":LogGroup")) expect(inputs["kmsKeyId"]).to.equal(arn);
            for (const { inputs } of ofType(resources, ":Repository"))
                expect(inputs["encryptionConfigurations"]).to.deep.equal([{ encryptionType: "KMS", kmsKey: arn }]);
            const buckets = ofType(resources, ":BucketServerSideEncryptionConfiguration");
            expect(buckets.map(({ name }) => name)).to.have.members(["app", "app-capture", "app-transform"]);
            for (const { inputs } of buckets) expect(JSON.stringify(inputs["rules"])).to.contain(arn);
            const configuration = only(resources, "aws:sagemaker/endpointConfiguration:EndpointConfiguration").inputs;
            expect(configuration).to.include({ kmsKeyArn: arn });
            expect(configuration["dataCaptureConfig"]).to.include({ kmsKeyId: arn });
            const { definition } = only(resources, "aws:sfn/stateMachine:StateMachine").inputs;
            expect(definition).to.contain(`"KmsKeyId":"${arn}"`).and.contain(`"VolumeKmsKeyId":"${arn}"`);
            const role = statements(resources, ":RolePolicy");
            for (const sid of ["ModelDataKey", "TransformKey", "DataCaptureKey", "VolumeKey"])
                expect(role[sid], sid).to.include({ Resource: arn });
            const workflow = statements(resources, ":RolePolicy", "app-transform");
            for (const sid of ["FailureTopicKey", "VolumeKey"])
                expect(workflow[sid], sid).to.include({ Resource: arn });
        });
    }

    it("encrypts an asynchronous endpoint's bucket, results and topics; results by another key where one is named", async () => {
        const async = { errorTopic: "create" };
        const resources = await deploy({ key: given, endpoint: { ...endpoint, async } });
        const output = (recorded: readonly RecordedResource[]) =>
            (
                only(recorded, "aws:sagemaker/endpointConfiguration:EndpointConfiguration").inputs[
                    "asyncInferenceConfig"
                ] as { outputConfig: unknown }
            ).outputConfig;
        expect(output(resources)).to.include({ kmsKeyId: given });
        expect(only(resources, "aws:sns/topic:Topic").inputs).to.include({ kmsMasterKeyId: given });
        expect(statements(resources, ":RolePolicy")["AsyncKey"]).to.include({ Resource: given });
        const kmsKey = given.replace("1234abcd", "5678abcd");
        const other = await deploy({ key: given, endpoint: { ...endpoint, async: { ...async, kmsKey } } });
        expect(output(other)).to.include({ kmsKeyId: kmsKey });
        expect(statements(other, ":RolePolicy")["AsyncKey"]?.["Resource"]).to.deep.equal([kmsKey, given]);
    });

    it("encrypts no volumes of instances with disks of their own, of which it tells, nor of serverless endpoints", async () => {
        const log: string[] = [];
        const hosting = { ...endpoint, instanceType: "ml.g5.xlarge" };
        const resources = await deploy({ key: given, endpoint: hosting }, log);
        const configuration = (recorded: readonly RecordedResource[]) =>
            only(recorded, "aws:sagemaker/endpointConfiguration:EndpointConfiguration").inputs;
        expect(configuration(resources)).not.to.have.property("kmsKeyArn");
        expect(statements(resources, ":RolePolicy")).not.to.have.property("VolumeKey");
        expect(log.join("\n")).to.contain("ml.g5.xlarge has disks of its own");
        const serverless = { memoryMiB: 2048, maxConcurrency: 5 } as const;
        expect(configuration(await deploy({ key: given, endpoint: { ...endpoint, serverless } }))).not.to.have.property(
            "kmsKeyArn",
        );
        const disks = { ...transform, instanceType: "ml.m5d.large" };
        const job = await deploy({ key: given, transform: disks });
        expect(only(job, "aws:sfn/stateMachine:StateMachine").inputs["definition"]).not.to.contain("VolumeKmsKeyId");
    });
});
