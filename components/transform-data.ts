import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parseS3Uri } from "../plans/model-data.ts";
import type { TransformSettings } from "../plans/transform.ts";
import { privateBucket } from "./private-bucket.ts";

/** A prefix in S3. */
interface Prefix {
    /** `s3://bucket/key/` */
    readonly uri: pulumi.Output<string>;
    readonly bucketName: pulumi.Output<string>;
    readonly bucketArn: pulumi.Output<string>;
    /** Ends in `/`. */
    readonly key: pulumi.Output<string>;
}

/**
 * Where a batch transform finds its files and leaves its results. What the settings do not place lies in a bucket of its own, which cannot
 * be deleted while it holds something.
 */
export class TransformData extends pulumi.ComponentResource {
    readonly input: Prefix;
    readonly output: Prefix;

    constructor(name: string, settings: TransformSettings, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:TransformData", name, {}, opts);
        const { input, output, startOn } = settings;
        const made =
            input === undefined || output === undefined
                ? privateBucket(`${name}-transform`, { keepReplacedDays: 30 }, this)
                : undefined;
        const prefix = (given: string | undefined, key: string): Prefix => {
            if (given !== undefined) return this.existing(given);
            if (made === undefined) throw new RangeError("a bucket is made where a prefix is not given");
            const uri = pulumi.interpolate`s3://${made.name}/${key}`;
            return { uri, bucketName: made.name, bucketArn: made.arn, key: pulumi.output(key) };
        };
        this.input = prefix(input, "input/");
        this.output = prefix(output, "output/");
        if (made !== undefined && input === undefined && startOn !== undefined) {
            new aws.s3.BucketNotification(
                `${name}-transform`,
                { bucket: made.name, eventbridge: true },
                { parent: this },
            );
        }
        this.registerOutputs({ input: this.input.uri, output: this.output.uri });
    }

    private existing(uri: string): Prefix {
        const { bucket, key } = parseS3Uri(uri);
        const { partition } = aws.getPartitionOutput({}, { parent: this });
        return {
            uri: pulumi.output(uri),
            bucketName: pulumi.output(bucket),
            bucketArn: pulumi.interpolate`arn:${partition}:s3:::${bucket}`,
            key: pulumi.output(key),
        };
    }
}
