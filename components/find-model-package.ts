import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { refuse } from "../plans/plan-error.ts";
import type { FoundPackage } from "../plans/registry/found-package.ts";
import { type ModelPackageSelection, namedSelection, originProblems } from "../plans/registry/selection.ts";
import type { Step } from "../plans/step.ts";
import { readModelPackage } from "./read-model-package.ts";

/**
 * The version that a stack deploys, looked up when the program runs. Without an engine nothing is asked: a version with the steps'
 * containers stands for it, and a warning says so.
 * @throws {PlanError} where there is none, or it is of an account that is not trusted
 */
export async function findModelPackage(
    selection: ModelPackageSelection,
    steps: readonly Step[],
): Promise<FoundPackage> {
    const [{ accountId: account }, { region }, { partition }] = await Promise.all([
        aws.getCallerIdentity({}),
        aws.getRegion({}),
        aws.getPartition({}),
    ]);
    if (!pulumi.runtime.hasEngine()) {
        await pulumi.log.warn(
            `model package "${namedSelection(selection)}": no registry is asked offline; a version with the steps' containers ` +
                "stands for it, without their images and artifacts, which the execution role may read",
        );
        return standIn(selection, steps, `arn:${partition}:sagemaker:${region}:${account}:model-package`);
    }
    refuse("modelPackage", originProblems(selection, { account, region }));
    return { ...(await readModelPackage(selection, region)), keys: selection.keys ?? [] };
}

const standIn = (selection: ModelPackageSelection, steps: readonly Step[], packages: string): FoundPackage => ({
    arn:
        "arn" in selection
            ? selection.arn
            : `${packages}/${selection.group.split("/").at(-1) ?? ""}/${placeholder(selection.version)}`,
    approval: "Approved",
    status: "Completed",
    containers: steps.map(({ name }) => ({ hostname: name, image: undefined, data: [] })),
    keys: selection.keys ?? [],
});

/** A number, as each version has one. */
const placeholder = (version: number | "latest-approved" = "latest-approved"): string =>
    version === "latest-approved" ? "0" : String(version);
