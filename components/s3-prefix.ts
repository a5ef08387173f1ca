import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { parseS3Uri } from "../plans/model-data.ts";
import { type BucketCare, type PrivateBucket, privateBucket } from "./private-bucket.ts";

/** A prefix in S3, or a single object. */
export interface S3Prefix {
    /** `s3://bucket/key/` */
    readonly uri: pulumi.Output<string>;
    readonly bucketName: pulumi.Output<string>;
    readonly bucketArn: pulumi.Output<string>;
    /** Of a prefix it ends in `/`. */
    readonly key: pulumi.Output<string>;
}

/** Days that results which were replaced or deleted are kept in a bucket that is made for them. */
const KEEP_REPLACED_DAYS = 30;

/** A prefix of a bucket of this program. */
export const prefixOf = ({ name, arn }: PrivateBucket, key: string): S3Prefix => ({
    uri: pulumi.interpolate`s3://${name}/${key}`,
    bucketName: name,
    bucketArn: arn,
    key: pulumi.output(key),
});

/** What is there already. */
export function existingPrefix(uri: pulumi.Input<string>, opts: pulumi.InvokeOptions): S3Prefix {
    const { bucket, key } = pulumi.output(uri).apply(parseS3Uri);
    const { partition } = aws.getPartitionOutput({}, opts);
    return {
        uri: pulumi.output(uri),
        bucketName: bucket,
        bucketArn: pulumi.interpolate`arn:${partition}:s3:::${bucket}`,
        key,
    };
}

/** ARNs of all objects below a prefix. */
export const objectsBelow = ({ bucketArn, key }: S3Prefix): pulumi.Output<string> =>
    pulumi.interpolate`${bucketArn}/${key}*`;

/**
 * Prefixes by name: those that are given, and for the others folders of these names in a private bucket that is made for them.
 * @param care how that bucket is kept
 * @returns with `made`, the bucket, where one was needed
 */
export function placePrefixes<Name extends string>(
    bucketName: string,
    given: Readonly<Record<Name, string | undefined>>,
    parent: pulumi.Resource,
    care: BucketCare = {},
): { readonly prefixes: Readonly<Record<Name, S3Prefix>>; readonly made: PrivateBucket | undefined } {
    let made: PrivateBucket | undefined;
    const place = ([name, uri]: [string, string | undefined]): [string, S3Prefix] => {
        if (uri !== undefined) return [name, existingPrefix(uri, { parent })];
        made ??= privateBucket(bucketName, { keepReplacedDays: KEEP_REPLACED_DAYS, ...care }, parent);
        return [name, prefixOf(made, `${name}/`)];
    };
    const placed = Object.entries<string | undefined>(given).map(place);
    return { prefixes: Object.fromEntries(placed) as Record<Name, S3Prefix>, made };
}
