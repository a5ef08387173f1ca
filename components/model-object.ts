import type * as aws from "@pulumi/aws";
import { getVersion } from "@pulumi/aws/utilities.js";
import * as pulumi from "@pulumi/pulumi";

/** What an uploaded model says of itself. */
type ModelObjectArgs = Required<Pick<aws.s3.BucketObjectv2Args, "bucket" | "key" | "source">>;

/**
 * An aws.s3.BucketObjectv2 without outputs. That class keeps one for each of S3's 35 properties: with thousands of models most of a
 * program's time and memory would go into what nobody reads.
 */
export class ModelObject extends pulumi.CustomResource {
    constructor(name: string, args: ModelObjectArgs, opts: pulumi.CustomResourceOptions) {
        // the version that the generated classes ask for, so that the engine takes one provider for all
        super("aws:s3/bucketObjectv2:BucketObjectv2", name, { ...args }, { version: getVersion(), ...opts });
    }

    /** Waits until the object is there, in a preview until that is planned, and lets go of what Pulumi keeps of it but its URN. */
    async registered(): Promise<void> {
        await new Promise((resolve) => this.urn.apply(resolve));
        Object.assign(this, { id: undefined, bucket: undefined, key: undefined, source: undefined });
    }
}
