import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { CAPTURE_DEFAULTS, type DataCaptureSettings, planDataCapture } from "../plans/data-capture.ts";
import type { CaptureAccess } from "../plans/iam/data-capture.ts";
import { parseS3Uri } from "../plans/model-data.ts";
import { privateBucket } from "./private-bucket.ts";

export interface DataCaptureArgs {
    readonly settings: DataCaptureSettings;
    /** ARN of the KMS key that encrypts the files. @default - S3's own */
    readonly keyArn?: pulumi.Input<string> | undefined;
}

/** Folder of the bucket that is made. */
const FOLDER = "capture";
/** Days until a version that was replaced or deleted is gone: nobody replaces captured data, so that is soon. */
const KEEP_DELETED_DAYS = 1;

/**
 * Where an endpoint records requests and answers: a prefix that is there already, or a bucket of its own, from which files go by
 * themselves, and which cannot be deleted while it holds some.
 */
export class DataCapture extends pulumi.ComponentResource {
    /** `s3://bucket/prefix`; SageMaker puts the endpoint, the variant and the hour below it. */
    readonly uri: pulumi.Output<string>;
    /** What EndpointConfiguration takes. */
    readonly config: ReturnType<typeof planDataCapture>;
    /** What the execution role must be allowed. */
    readonly access: CaptureAccess;

    constructor(name: string, args: DataCaptureArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:DataCapture", name, {}, opts);
        const { settings, keyArn } = args;
        const { uri, objects } =
            settings.destination === undefined ? this.own(name, args) : this.existing(settings.destination);
        this.uri = uri;
        this.config = planDataCapture(settings, uri, keyArn);
        this.access = { objects, ...(keyArn !== undefined && { key: keyArn }) };
        this.registerOutputs({ uri: this.uri });
    }

    private own(name: string, { settings, keyArn }: DataCaptureArgs) {
        const bucket = privateBucket(
            `${name}-capture`,
            {
                keepDays: settings.keepDays ?? CAPTURE_DEFAULTS.keepDays,
                keepReplacedDays: KEEP_DELETED_DAYS,
                ...(keyArn !== undefined && { keyArn }),
            },
            this,
        );
        return {
            uri: pulumi.interpolate`s3://${bucket.name}/${FOLDER}`,
            objects: pulumi.interpolate`${bucket.arn}/${FOLDER}/*`,
        };
    }

    private existing(destination: string) {
        const { bucket, key } = parseS3Uri(destination);
        const { partition } = aws.getPartitionOutput({}, { parent: this });
        return {
            uri: pulumi.output(destination.replace(/\/$/, "")), // SageMaker adds its own slash
            objects: pulumi.interpolate`arn:${partition}:s3:::${bucket}/${key}*`,
        };
    }
}
