import * as pulumi from "@pulumi/pulumi";
import { ARTIFACTS } from "../plans/artifact.ts";
import { artifactReaders } from "../plans/iam/registry.ts";
import { type BucketCare, privateBucket } from "./private-bucket.ts";

export interface ArtifactBucketArgs extends BucketCare {
    /** ARNs of accounts that may read artifacts. @default - none */
    readonly readers?: readonly pulumi.Input<string>[];
}

/** The bucket for model data: private, encrypted and versioned; artifacts that were replaced stay for 90 days. */
export class ArtifactBucket extends pulumi.ComponentResource {
    readonly name: pulumi.Output<string>;
    readonly arn: pulumi.Output<string>;

    constructor(
        name: string,
        { readers = [], ...care }: ArtifactBucketArgs = {},
        opts?: pulumi.ComponentResourceOptions,
    ) {
        super("serial-inference:index:ArtifactBucket", name, {}, opts);
        // artifacts are packed from source, so nothing is lost with the bucket
        const grants = (arn: pulumi.Output<string>) =>
            artifactReaders(readers, arn, pulumi.interpolate`${arn}/${ARTIFACTS}*`, `${ARTIFACTS}*`);
        const bucket = privateBucket(
            name,
            {
                forceDestroy: true,
                keepReplacedDays: 90,
                ...(readers.length > 0 && { grants }),
                ...care,
            },
            this,
        );
        this.name = bucket.name;
        this.arn = bucket.arn;
        this.registerOutputs({ name: this.name, arn: this.arn });
    }
}
