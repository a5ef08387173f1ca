import type { DescribeModelPackageOutput, ModelDataSource, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { PlanError } from "../plans/plan-error.ts";
import type { FoundPackage, PackagedContainer, PackagedData } from "../plans/registry/found-package.ts";
import {
    chooseVersion,
    type ModelPackageSelection,
    namedSelection,
    type VersionSummary,
} from "../plans/registry/selection.ts";
import { errorReason } from "./error-reason.ts";
import { sageMakerClient } from "./sagemaker-client.ts";

/** What is read of a version; the keys of its artifacts it does not name. */
type ReadPackage = Omit<FoundPackage, "keys">;

/**
 * Asks SageMaker for the version that is selected, with the credentials of the environment or of `aws:profile`.
 * @throws {PlanError} where there is none, or it cannot be read
 */
export async function readModelPackage(selection: ModelPackageSelection, region: string): Promise<ReadPackage> {
    const subject = `modelPackage "${namedSelection(selection)}"`;
    let client: SageMakerClient | undefined;
    try {
        client = await sageMakerClient(region);
        const arn = "arn" in selection ? selection.arn : await chosenArn(client, selection);
        return await describe(client, arn);
    } catch (error) {
        if (error instanceof PlanError) throw error;
        throw new PlanError(subject, [explain(error)]);
    } finally {
        client?.destroy();
    }
}

async function chosenArn(
    client: SageMakerClient,
    { group, version = "latest-approved" }: Extract<ModelPackageSelection, { group: string }>,
): Promise<string> {
    const chosen = chooseVersion(group, version, await versionsOf(client, group));
    if ("problem" in chosen) throw new PlanError("modelPackage", [chosen.problem]);
    return chosen.arn;
}

/** All versions of a group, newest first. */
async function versionsOf(client: SageMakerClient, group: string): Promise<VersionSummary[]> {
    const { paginateListModelPackages } = await import("@aws-sdk/client-sagemaker");
    const versions: VersionSummary[] = [];
    const pages = paginateListModelPackages(
        { client, pageSize: 100 },
        { ModelPackageGroupName: group, SortBy: "CreationTime", SortOrder: "Descending" },
    );
    for await (const { ModelPackageSummaryList = [] } of pages) {
        versions.push(
            ...ModelPackageSummaryList.map((summary) => ({
                arn: summary.ModelPackageArn ?? "",
                version: summary.ModelPackageVersion ?? 0,
                approval: summary.ModelApprovalStatus ?? "PendingManualApproval",
                status: summary.ModelPackageStatus ?? "Pending",
            })),
        );
    }
    return versions.sort((a, b) => b.version - a.version);
}

async function describe(client: SageMakerClient, arn: string): Promise<ReadPackage> {
    const { DescribeModelPackageCommand } = await import("@aws-sdk/client-sagemaker");
    const found = await client.send(new DescribeModelPackageCommand({ ModelPackageName: arn }));
    return {
        arn: found.ModelPackageArn ?? arn,
        approval: found.ModelApprovalStatus ?? "PendingManualApproval",
        status: found.ModelPackageStatus ?? "Pending",
        containers: containersOf(found),
    };
}

const containersOf = ({ InferenceSpecification }: DescribeModelPackageOutput): PackagedContainer[] =>
    (InferenceSpecification?.Containers ?? []).map((container, index) => ({
        hostname: container.ContainerHostname ?? `container-${index + 1}`,
        image: container.Image,
        data: [
            ...(container.ModelDataUrl === undefined ? [] : [{ uri: container.ModelDataUrl, isPrefix: false }]),
            ...[container.ModelDataSource, ...(container.AdditionalModelDataSources ?? [])].flatMap(dataOf),
        ],
    }));

function dataOf(source: Pick<ModelDataSource, "S3DataSource"> | undefined): PackagedData[] {
    const { S3Uri: uri, S3DataType } = source?.S3DataSource ?? {};
    return uri === undefined ? [] : [{ uri, isPrefix: S3DataType === "S3Prefix" }];
}

const NEEDED = "sagemaker:ListModelPackages on the group and sagemaker:DescribeModelPackage on its versions";

/** What SageMaker's error means for who deploys. */
function explain(error: unknown): string {
    const said = errorReason(error);
    if (!(error instanceof Error)) return said;
    if (error.name.startsWith("AccessDenied")) {
        return (
            `it may not be read: ${said}. Needed are ${NEEDED}; ` +
            "of another account's registry its group policy must allow them, too"
        );
    }
    if (error.name === "ValidationException" && /could not find|not found|does not exist/i.test(error.message)) {
        return `there is no such group or version in this account and region: ${said}`;
    }
    return `it cannot be read: ${said}`;
}
