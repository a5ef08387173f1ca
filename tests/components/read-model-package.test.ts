import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { readModelPackage } from "../../components/read-model-package.ts";
import type { ModelPackageSelection } from "../../plans/registry/selection.ts";
import { type Answer, clientEnvironment, sageMakerApi } from "../support/sagemaker-api.ts";

const arnOf = (version: number) => `arn:aws:sagemaker:eu-west-1:123456789012:model-package/fraud/${version}`;
const summary = (version: number, ModelApprovalStatus: string) => ({
    ModelPackageArn: arnOf(version),
    ModelPackageVersion: version,
    ModelApprovalStatus,
    ModelPackageStatus: "Completed",
});
const described = {
    ModelPackageArn: arnOf(2),
    ModelApprovalStatus: "Approved",
    ModelPackageStatus: "Completed",
    InferenceSpecification: {
        Containers: [
            { ContainerHostname: "preprocess", Image: "image-1", ModelDataUrl: "s3://b/a.tar.gz" },
            {
                Image: "image-2",
                ModelDataSource: { S3DataSource: { S3Uri: "s3://b/files/", S3DataType: "S3Prefix" } },
                AdditionalModelDataSources: [
                    { ChannelName: "more", S3DataSource: { S3Uri: "s3://b/more.bin", S3DataType: "S3Object" } },
                ],
            },
        ],
    },
};

/** What is read where SageMaker answers so, and what it was asked; the error's message where it throws. */
async function read(selection: ModelPackageSelection, answer: Answer) {
    const asked: unknown[] = [];
    const api = await sageMakerApi((operation, input) => {
        asked.push({ operation, ...input });
        return answer(operation, input);
    });
    const before = { ...process.env };
    Object.assign(process.env, clientEnvironment(api.url));
    try {
        return { asked, found: await readModelPackage(selection, "eu-west-1") };
    } catch (error) {
        return { asked, message: (error as Error).message };
    } finally {
        process.env = before;
        api.close();
    }
}

const registry =
    (pages: readonly (readonly ReturnType<typeof summary>[])[]): Answer =>
    (operation, { NextToken: token = "0" }) => {
        if (operation === "DescribeModelPackage") return described;
        const page = Number(token);
        const next = page + 1 < pages.length ? { NextToken: String(page + 1) } : {};
        return { ModelPackageSummaryList: pages[page] ?? [], ...next };
    };

describe("readModelPackage", () => {
    it("finds the newest approved version over all pages, and reads its containers", async () => {
        const pages = [
            [summary(4, "PendingManualApproval"), summary(3, "Rejected")],
            [summary(2, "Approved"), summary(1, "Approved")],
        ];
        const { asked, found } = await read({ group: "fraud" }, registry(pages));
        expect(asked).to.deep.include({ operation: "DescribeModelPackage", ModelPackageName: arnOf(2) });
        expect(found).to.deep.equal({
            arn: arnOf(2),
            approval: "Approved",
            status: "Completed",
            containers: [
                { hostname: "preprocess", image: "image-1", data: [{ uri: "s3://b/a.tar.gz", isPrefix: false }] },
                {
                    hostname: "container-2",
                    image: "image-2",
                    data: [
                        { uri: "s3://b/files/", isPrefix: true },
                        { uri: "s3://b/more.bin", isPrefix: false },
                    ],
                },
            ],
        });
    });

    it("asks another account's registry by the group's ARN", async () => {
        const group = "arn:aws:sagemaker:eu-west-1:111122223333:model-package-group/fraud";
        const { asked } = await read({ group, version: 2 }, registry([[summary(2, "Approved")]]));
        expect(asked[0]).to.include({ operation: "ListModelPackages", ModelPackageGroupName: group });
    });

    it("reads a version by its ARN without looking for others", async () => {
        const { asked } = await read({ arn: arnOf(2) }, registry([]));
        expect(asked).to.deep.equal([{ operation: "DescribeModelPackage", ModelPackageName: arnOf(2) }]);
    });

    it("says where none is approved, with the group, the counts and the command that approves", async () => {
        const { message } = await read({ group: "fraud" }, registry([[summary(1, "PendingManualApproval")]]));
        expect(message).to.contain('group "fraud" has no version that is approved: it has 1 PendingManualApproval');
        expect(message).to.contain(`--model-package-arn ${arnOf(1)} --model-approval-status Approved`);
    });

    it("says where the stack's credentials are the provider's alone, and asks nobody", async () => {
        pulumi.runtime.setConfig("aws:accessKey", "AKIA");
        try {
            const { asked, message } = await read({ group: "fraud" }, registry([]));
            expect(message).to.contain("it cannot be read: aws:accessKey and aws:assumeRoles are the provider's alone");
            expect(asked).to.deep.equal([]);
        } finally {
            pulumi.runtime.setAllConfig({});
        }
    });

    it("says where there is no such group", async () => {
        const missing = { error: "ValidationException", message: "Model Package Group fraud does not exist." };
        const { message } = await read({ group: "fraud" }, () => missing);
        expect(message).to.contain('modelPackage "fraud" has a problem');
        expect(message).to.contain("there is no such group or version in this account and region");
    });

    it("says where it may not be asked, and what for", async () => {
        const denied = { error: "AccessDeniedException", message: "User is not authorized" };
        const { message } = await read({ group: "fraud" }, () => denied);
        expect(message).to.contain("it may not be read: AccessDeniedException: User is not authorized");
        expect(message).to.contain("sagemaker:ListModelPackages");
        expect(message).to.contain("group policy");
    });
});
