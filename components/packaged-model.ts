import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { artifactKeys } from "../plans/iam/registry.ts";
import type { ExecutionMode } from "../plans/pipeline.ts";
import type { FoundPackage } from "../plans/registry/found-package.ts";
import { packageAccess } from "../plans/registry/package-access.ts";
import { parsePackageArn } from "../plans/registry/arn.ts";
import type { Step } from "../plans/step.ts";
import { ExecutionRole, type ExecutionRoleArgs } from "./execution-role.ts";
import { type ModelNetwork, planModelNetwork } from "./network.ts";

export interface PackagedModelArgs extends Pick<
    ExecutionRoleArgs,
    "endpointName" | "rollbackAlarms" | "transformData" | "grants"
> {
    readonly found: FoundPackage;
    /** The steps, for what else the role may read. */
    readonly steps: readonly Step[];
    readonly mode: ExecutionMode;
    /** How its containers reach the network. @default - by SageMaker's own VPC */
    readonly network?: ModelNetwork | undefined;
}

/**
 * A SageMaker model of a registered version: images, artifacts and environment are the version's, and the role reads just what that
 * names.
 */
export class PackagedModel extends pulumi.ComponentResource {
    readonly name: pulumi.Output<string>;
    /** ARN of the execution role. */
    readonly roleArn: pulumi.Output<string>;

    constructor(name: string, args: PackagedModelArgs, opts?: pulumi.ComponentResourceOptions) {
        const { found, steps, mode, grants = [], network, ...role } = args;
        super("serial-inference:index:PackagedModel", name, { modelPackage: found.arn, mode }, opts);
        const child = { parent: this };

        const origin = parsePackageArn(found.arn);
        if (origin === undefined) throw new RangeError(`"${found.arn}" is not the ARN of a model package`);
        const access = packageAccess(found, origin.partition);
        const { dnsSuffix } = aws.getPartitionOutput({}, child);
        const { arn, ownArn } = new ExecutionRole(
            name,
            {
                ...role,
                ...access,
                repositories: [...access.repositories, ...steps.flatMap((step) => step.access?.repositories ?? [])],
                objects: [...access.objects, ...steps.flatMap((step) => step.access?.objects ?? [])],
                grants: [...grants, ...artifactKeys(found.keys, pulumi.interpolate`s3.${origin.region}.${dnsSuffix}`)],
            },
            child,
        );
        const model = new aws.sagemaker.Model(
            name,
            {
                executionRoleArn: arn,
                containers: [{ modelPackageName: found.arn }], // stands for all containers of the version
                ...(mode === "direct" && { inferenceExecutionConfig: { mode: "Direct" } }),
                ...(network && planModelNetwork(network)),
            },
            { ...child, replaceOnChanges: ["inferenceExecutionConfig", "vpcConfig"] },
        );

        this.name = model.name;
        this.roleArn = ownArn;
        this.registerOutputs({ name: this.name });
    }
}
