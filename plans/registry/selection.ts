import { parsePackageArn } from "./arn.ts";

/** Which version of a model package the stack deploys in the place of images and artifacts of its own. */
export type ModelPackageSelection = (
    | {
          /** Name of the group, or its ARN where another account has it. */
          readonly group: string;
          /** @default "latest-approved" */
          readonly version?: number | "latest-approved";
      }
    | {
          /** ARN of a version. */
          readonly arn: string;
      }
) & {
    /** Ids of other accounts whose packages may be deployed. @default - none */
    readonly trustedAccounts?: readonly string[];
    /** ARNs of KMS keys that the artifacts are encrypted with, which the execution role may then decrypt with. @default - none */
    readonly keys?: readonly string[];
};

/** The account and region that a stack is deployed to. */
export interface Place {
    readonly account: string;
    readonly region: string;
}

/** The selection as it stands in a stack file. */
export const namedSelection = (selection: ModelPackageSelection): string =>
    "arn" in selection ? selection.arn : selection.group;

/** Why a version must not be deployed here, by where it comes from; known without asking for it. */
export function originProblems(selection: ModelPackageSelection, here: Place): string[] {
    const named = namedSelection(selection);
    const origin = parsePackageArn(named);
    if (origin === undefined) return [];
    const problems: string[] = [];
    if (origin.region !== here.region) {
        problems.push(
            `"${named}" is of region ${origin.region}, and the stack of ${here.region}; SageMaker makes models of packages of its own region alone`,
        );
    }
    if (origin.account !== here.account && !(selection.trustedAccounts ?? []).includes(origin.account)) {
        problems.push(
            `"${named}" is of account ${origin.account}, which is not trusted; the stack is of ${here.account}. ` +
                "Name the account under modelPackage.trustedAccounts to deploy what it registers",
        );
    }
    return problems;
}

/** A version as ListModelPackages gives it. */
export interface VersionSummary {
    readonly arn: string;
    readonly version: number;
    /** Approved, Rejected or PendingManualApproval. */
    readonly approval: string;
    /** Completed, or what keeps it from being used. */
    readonly status: string;
}

/**
 * The version that is wanted of a group's.
 * @param versions newest first
 * @returns the version, or what there is in its place
 */
export function chooseVersion(
    group: string,
    wanted: number | "latest-approved",
    versions: readonly VersionSummary[],
): VersionSummary | { readonly problem: string } {
    const found = versions.find(({ version, approval, status }) =>
        wanted === "latest-approved" ? approval === "Approved" && status === "Completed" : version === wanted,
    );
    if (found !== undefined) return found;
    const counts = countByStatus(versions);
    const [newest] = versions;
    if (newest === undefined) {
        return {
            problem: `group "${group}" has no version; register one with serial-inference:registry in another stack`,
        };
    }
    return {
        problem:
            wanted === "latest-approved"
                ? `group "${group}" has no version that is approved: it has ${counts}. ${approve(newest.arn)}`
                : `group "${group}" has no version ${wanted}: it has ${counts}, the newest is ${newest.version}`,
    };
}

/** How to approve a version. */
export const approve = (arn: string): string =>
    `Approve one: aws sagemaker update-model-package --model-package-arn ${arn} --model-approval-status Approved`;

/** `2 PendingManualApproval, 1 Approved (Failed)` */
function countByStatus(versions: readonly VersionSummary[]): string {
    const named = versions.map(({ approval, status }) =>
        status === "Completed" ? approval : `${approval} (${status})`,
    );
    return [...Map.groupBy(named, (name) => name)].map(([name, all]) => `${all.length} ${name}`).join(", ");
}
