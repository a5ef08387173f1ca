import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { metricsKey } from "../plans/artifact.ts";
import { groupReaders } from "../plans/iam/registry.ts";
import { policyDocument } from "../plans/iam/statement.ts";
import { type ModelPackagePlan, planModelPackage } from "../plans/registry/model-package.ts";
import type { Metrics } from "../plans/registry/settings.ts";
import type { ArtifactBucket } from "./artifact-bucket.ts";

export interface RegisteredModelArgs extends Omit<ModelPackagePlan, "metricsUri"> {
    /** Where figures of this machine are uploaded; needed only for them. */
    readonly bucket: ArtifactBucket | undefined;
    /** ARNs of the accounts that may deploy the versions. */
    readonly readers: readonly pulumi.Input<string>[];
}

/**
 * A version of a model package group: the containers of a model, by digest and by artifact. What a version holds never changes: another
 * content is another version. Group and versions stay when the stack goes, since other stacks deploy them.
 */
export class RegisteredModel extends pulumi.ComponentResource {
    readonly group: pulumi.Output<string>;
    /** ARN of the version. */
    readonly packageArn: pulumi.Output<string>;

    constructor(name: string, args: RegisteredModelArgs, opts?: pulumi.ComponentResourceOptions) {
        const { registry, bucket, readers, ...planned } = args;
        super("serial-inference:index:RegisteredModel", name, { group: registry.group }, opts);
        const kept = { parent: this, retainOnDelete: true };

        const group = new aws.sagemaker.ModelPackageGroup(name, { modelPackageGroupName: registry.group }, kept);
        const packages = group.arn.apply((arn) => `${arn.replace(":model-package-group/", ":model-package/")}/*`);
        const resourcePolicy = pulumi.jsonStringify(policyDocument(groupReaders(readers, group.arn, packages)));
        new aws.sagemaker.ModelPackageGroupPolicy(
            name,
            { modelPackageGroupName: group.modelPackageGroupName, resourcePolicy },
            kept,
        );
        const desired = planModelPackage({
            ...planned,
            registry,
            ...(registry.metrics && { metricsUri: this.locateMetrics(name, registry.metrics, bucket) }),
        });
        const version = new aws.cloudcontrol.Resource(
            name,
            {
                typeName: "AWS::SageMaker::ModelPackage",
                desiredState: pulumi.jsonStringify({ ...desired, ModelPackageGroupName: group.modelPackageGroupName }),
            },
            { ...kept, replaceOnChanges: ["desiredState"] },
        );

        this.group = group.modelPackageGroupName;
        this.packageArn = version.id; // Cloud Control's identifier of a model package
        this.registerOutputs({ group: this.group, packageArn: this.packageArn });
    }

    private locateMetrics(name: string, metrics: Metrics, bucket: ArtifactBucket | undefined): pulumi.Input<string> {
        if ("uri" in metrics) return metrics.uri;
        if (bucket === undefined)
            throw new RangeError(`model "${name}" has figures of its quality and no bucket for them`);
        // missing where they are yet to be measured, on the local host
        const content = existsSync(metrics.path) ? readFileSync(metrics.path) : "";
        const sha256 = createHash("sha256").update(content).digest("hex");
        const object = new aws.s3.BucketObjectv2(
            `${name}-metrics`,
            {
                bucket: bucket.name,
                key: metricsKey(name, sha256),
                source: new pulumi.asset.FileAsset(metrics.path),
                contentType: "application/json",
            },
            { parent: this },
        );
        return pulumi.all([bucket.name, object.key, object.id]).apply(([inBucket, key]) => `s3://${inBucket}/${key}`);
    }
}
