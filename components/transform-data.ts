import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { TransformSettings } from "../plans/transform.ts";
import type { BucketCare } from "./private-bucket.ts";
import { placePrefixes, type S3Prefix } from "./s3-prefix.ts";

export interface TransformDataArgs extends BucketCare {
    readonly settings: TransformSettings;
}

/**
 * Where a batch transform finds its files and leaves its results. What the settings do not place lies in a bucket of its own, which cannot
 * be deleted while it holds something.
 */
export class TransformData extends pulumi.ComponentResource {
    readonly input: S3Prefix;
    readonly output: S3Prefix;

    constructor(name: string, { settings, ...care }: TransformDataArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:TransformData", name, {}, opts);
        const { input, output, startOn } = settings;
        const { prefixes, made } = placePrefixes(`${name}-transform`, { input, output }, this, care);
        this.input = prefixes.input;
        this.output = prefixes.output;
        if (made !== undefined && input === undefined && startOn !== undefined) {
            new aws.s3.BucketNotification(
                `${name}-transform`,
                { bucket: made.name, eventbridge: true },
                { parent: this },
            );
        }
        this.registerOutputs({ input: this.input.uri, output: this.output.uri });
    }
}
