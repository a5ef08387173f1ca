import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { TransformSettings } from "../plans/transform.ts";
import { placePrefixes, type S3Prefix } from "./s3-prefix.ts";

export interface TransformDataArgs {
    readonly settings: TransformSettings;
    /** ARN of the KMS key that encrypts files and results. @default - S3's own */
    readonly keyArn?: pulumi.Input<string> | undefined;
}

/**
 * Where a batch transform finds its files and leaves its results. What the settings do not place lies in a bucket of its own, which cannot
 * be deleted while it holds something.
 */
export class TransformData extends pulumi.ComponentResource {
    readonly input: S3Prefix;
    readonly output: S3Prefix;

    constructor(name: string, { settings, keyArn }: TransformDataArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:TransformData", name, {}, opts);
        const { input, output, startOn } = settings;
        const { prefixes, made } = placePrefixes(`${name}-transform`, { input, output }, this, keyArn);
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
