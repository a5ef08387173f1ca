import { expect } from "chai";
import { Deployment, type Operation } from "../../tools/deployment.ts";
import { type Answer, clientEnvironment, sageMakerApi } from "../support/sagemaker-api.ts";

const MODEL = "models/digits/artifact/model.joblib";
const GROUP = "aws.sagemaker.ModelPackageGroup=digits.json";

const steps = (operations: readonly Operation[]): string[] =>
    operations.filter(({ isComponent }) => !isComponent).map(({ op, type }) => `${op} ${type}`);
const refusal = (work: Promise<unknown>): Promise<string> =>
    work.then(
        () => "accepted",
        (error: unknown) => (error as Error).message,
    );

const REGISTERING = JSON.stringify({
    config: {
        "aws:region": "us-east-1",
        "serial-inference:pattern": "inference-container",
        "serial-inference:steps": [
            {
                name: "digits",
                image: { build: { folder: "containers/digits" } },
                artifact: { path: "models/digits/artifact" },
                environment: { LOG_LEVEL: "info" },
                contentTypes: ["image/png"],
                responseType: "application/json",
            },
        ],
        "serial-inference:endpoint": "none",
        "serial-inference:registry": { group: "digits", accounts: ["111122223333"] },
    },
});

describe("registering in the real engine", () => {
    let deployment: Deployment;
    before(async () => {
        deployment = await Deployment.create("registry", { "Pulumi.registry.yaml": REGISTERING, [MODEL]: "weights" });
    });
    after(() => {
        deployment.remove();
    });

    const inCloud = (type: string) => deployment.cloud().filter((file) => file.startsWith(`${type}=`));
    const versions = () => inCloud("aws.cloudcontrol.Resource");
    const artifactOf = (file: string) => {
        const { desiredState } = deployment.resource(file.replace(/\.json$/, ""));
        const { InferenceSpecification } = JSON.parse(desiredState as string) as {
            InferenceSpecification: { Containers: Record<string, unknown>[] };
        };
        return InferenceSpecification.Containers[0];
    };

    it("previews before anything is there", async () => {
        expect(steps(await deployment.preview())).to.include.members(["create ModelPackageGroup", "create Resource"]);
        expect(deployment.cloud()).to.deep.equal([]);
    });

    it("makes group, policy and a version that waits for approval, and no SageMaker model", async () => {
        await deployment.up();
        expect(deployment.cloud()).to.include(GROUP);
        expect(versions()).to.have.length(1);
        expect(inCloud("aws.sagemaker.Model")).to.deep.equal([]);
        expect(inCloud("aws.sagemaker.ModelPackageGroupPolicy")).to.have.length(1);
        const [container] = versions().map(artifactOf);
        expect(container?.["Image"]).to.match(/@sha256:[0-9a-f]{64}$/);
        expect(container?.["Environment"]).to.include({ LOG_LEVEL: "info" });
        expect((await deployment.outputs())["modelPackageGroup"]?.value).to.equal("digits");
    });

    it("makes no other version on the second up", async () => {
        expect(await deployment.up()).to.deep.equal([]);
    });

    it("makes a version of a changed artifact, and keeps the one before with all that it names", async () => {
        const before = inCloud("aws.s3.BucketObjectv2");
        deployment.write(MODEL, "other weights");
        expect(steps(await deployment.up())).to.include("create-replacement Resource");
        expect(versions()).to.have.length(2);
        expect(new Set(versions().map((file) => artifactOf(file)?.["ModelDataUrl"])).size).to.equal(2);
        expect(inCloud("aws.s3.BucketObjectv2")).to.include.members(before).and.to.have.length(2);
    });

    it("shuts an account out that is named no more, at the group and at the images", async () => {
        const granted = () =>
            [...inCloud("aws.sagemaker.ModelPackageGroupPolicy"), ...inCloud("aws.ecr.RepositoryPolicy")].filter(
                (file) => JSON.stringify(deployment.inCloud(file)).includes("111122223333"),
            );
        expect(granted()).to.have.length(2);
        await deployment.unconfigure("serial-inference:registry.accounts");
        await deployment.up();
        expect(granted()).to.deep.equal([]);
    });

    it("refuses figures that are not there, and touches nothing", async () => {
        const before = deployment.cloud();
        await deployment.configure("serial-inference:registry.metrics.path", "nowhere.json");
        expect(await refusal(deployment.up())).to.contain("registry.metrics has a problem:");
        expect(deployment.cloud()).to.deep.equal(before);
        await deployment.unconfigure("serial-inference:registry.metrics");
    });

    it("leaves the group, the versions, their images and their artifacts when the stack is destroyed, behind what keeps them private", async () => {
        const before = deployment.cloud().filter((file) => /^aws\.(s3|ecr|sagemaker|cloudcontrol)\./.test(file));
        await deployment.destroy();
        expect(deployment.cloud()).to.include.members(before);
        expect(deployment.cloud().some((file) => file.includes("BucketPublicAccessBlock"))).to.equal(true);
    });
});

describe("deploying a registered version in the real engine", () => {
    const arnOf = (version: number) => `arn:aws:sagemaker:us-east-1:123456789012:model-package/digits/${version}`;
    const approvals = new Map<number, string>();
    let containers: readonly string[] = ["digits"];
    const answer: Answer = (operation, input) => {
        const summaries = [...approvals]
            .map(([version, approval]) => ({
                ModelPackageArn: arnOf(version),
                ModelPackageVersion: version,
                ModelApprovalStatus: approval,
                ModelPackageStatus: "Completed",
            }))
            .reverse();
        if (operation === "ListModelPackages") return { ModelPackageSummaryList: summaries };
        const found = summaries.find(({ ModelPackageArn }) => ModelPackageArn === input["ModelPackageName"]);
        if (found === undefined) return { error: "ValidationException", message: "does not exist" };
        const version = found.ModelPackageVersion;
        return {
            ...found,
            InferenceSpecification: {
                Containers: containers.map((ContainerHostname) => ({
                    ContainerHostname,
                    Image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/digits@sha256:1",
                    ModelDataUrl: `s3://models/${version}/model.tar.gz`,
                })),
            },
        };
    };
    const DEPLOYING = JSON.stringify({
        config: {
            "aws:region": "us-east-1",
            "serial-inference:pattern": "inference-container",
            "serial-inference:steps": [{ name: "digits" }],
            "serial-inference:modelPackage": { group: "digits" },
        },
    });

    let deployment: Deployment;
    let api: Awaited<ReturnType<typeof sageMakerApi>>;
    before(async () => {
        api = await sageMakerApi(answer);
        deployment = await Deployment.create("prod", { "Pulumi.prod.yaml": DEPLOYING }, clientEnvironment(api.url));
    });
    after(() => {
        deployment.remove();
        api.close();
    });

    const served = async () => (await deployment.outputs())["modelPackageArn"]?.value as unknown;

    it("is refused while no version is approved, with the group and how to approve, and makes nothing", async () => {
        approvals.set(1, "PendingManualApproval");
        const message = await refusal(deployment.up());
        expect(message).to.contain('group "digits" has no version that is approved: it has 1 PendingManualApproval');
        expect(message).to.contain(`--model-package-arn ${arnOf(1)} --model-approval-status Approved`);
        expect(message).not.to.contain("at chosenArn");
        expect(deployment.cloud()).to.deep.equal([]);
    });

    it("deploys what is approved, builds and uploads nothing, and changes nothing on the second up", async () => {
        approvals.set(1, "Approved");
        const done = steps(await deployment.up());
        expect(done).to.include.members(["create Model", "create Endpoint"]);
        expect(done.filter((step) => /Image|Bucket|Repository/.test(step))).to.deep.equal([]);
        expect(await served()).to.equal(arnOf(1));
        approvals.set(2, "PendingManualApproval");
        expect(await deployment.up()).to.deep.equal([]);
    });

    it("moves to the next version once that is approved; the right to the old goes only after the endpoint has moved", async () => {
        approvals.set(2, "Approved");
        const done = steps(await deployment.up());
        expect(await served()).to.equal(arnOf(2));
        expect(done.filter((step) => step.endsWith(" Role"))).to.deep.equal([]);
        const [created, moved, deleted] = [
            "create-replacement RolePolicy",
            "update Endpoint",
            "delete-replaced RolePolicy",
        ].map((step) => done.indexOf(step));
        expect(created).to.be.greaterThan(-1);
        expect(moved).to.be.greaterThan(created ?? 0);
        expect(deleted).to.be.greaterThan(moved ?? 0);
    });

    it("goes back to an earlier version by its number", async () => {
        await deployment.configure("serial-inference:modelPackage.version", "1");
        await deployment.up();
        expect(await served()).to.equal(arnOf(1));
    });

    it("refuses a version whose containers are not the steps, and touches nothing", async () => {
        const before = deployment.cloud();
        containers = ["preprocess", "digits"];
        expect(await refusal(deployment.up())).to.contain(
            "has the containers preprocess, digits, and the steps are digits",
        );
        expect(deployment.cloud()).to.deep.equal(before);
        containers = ["digits"];
    });

    it("refuses a version that was approved and is no more", async () => {
        approvals.set(1, "Rejected");
        expect(await refusal(deployment.up())).to.contain("is Rejected, not Approved");
        approvals.set(1, "Approved");
    });

    it("refuses a version of an account that is not trusted, without asking for it", async () => {
        await deployment.unconfigure("serial-inference:modelPackage.version");
        await deployment.configure(
            "serial-inference:modelPackage.group",
            "arn:aws:sagemaker:us-east-1:999900001111:model-package-group/digits",
        );
        expect(await refusal(deployment.up())).to.contain("is of account 999900001111, which is not trusted");
    });

    it("leaves nothing behind when it is destroyed", async () => {
        await deployment.destroy();
        expect(deployment.cloud()).to.deep.equal([]);
    });
});
