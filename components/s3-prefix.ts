import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parseS3Uri } from "../plans/model-data.ts";
import type { PrivateBucket } from "./private-bucket.ts";

/** A prefix in S3. */
export interface S3Prefix {
    /** `s3://bucket/key/` */
    readonly uri: pulumi.Output<string>;
    readonly bucketName: pulumi.Output<string>;
    readonly bucketArn: pulumi.Output<string>;
    /** Ends in `/`. */
    readonly key: pulumi.Output<string>;
}

/** A prefix of a bucket of this program. */
export const prefixOf = ({ name, arn }: PrivateBucket, key: string): S3Prefix => ({
    uri: pulumi.interpolate`s3://${name}/${key}`,
    bucketName: name,
    bucketArn: arn,
    key: pulumi.output(key),
});

/** A prefix that is there already. */
export function existingPrefix(uri: string, opts: pulumi.InvokeOptions): S3Prefix {
    const { bucket, key } = parseS3Uri(uri);
    const { partition } = aws.getPartitionOutput({}, opts);
    return {
        uri: pulumi.output(uri),
        bucketName: pulumi.output(bucket),
        bucketArn: pulumi.interpolate`arn:${partition}:s3:::${bucket}`,
        key: pulumi.output(key),
    };
}
