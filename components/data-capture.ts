import * as pulumi from "@pulumi/pulumi";
import { CAPTURE_DEFAULTS, type DataCaptureSettings, planDataCapture } from "../plans/data-capture.ts";
import { captureStatements } from "../plans/iam/data-capture.ts";
import type { Statement } from "../plans/iam/statement.ts";
import { type BucketCare, privateBucket } from "./private-bucket.ts";
import { existingPrefix, objectsBelow, prefixOf, type S3Prefix } from "./s3-prefix.ts";

export interface DataCaptureArgs extends BucketCare {
    readonly settings: DataCaptureSettings;
}

/** Folder of the bucket that is made. */
const FOLDER = "capture/";
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
    /** What the execution role needs for it. */
    readonly grants: readonly Statement[];

    constructor(name: string, args: DataCaptureArgs, opts?: pulumi.ComponentResourceOptions) {
        super("serial-inference:index:DataCapture", name, {}, opts);
        const { settings, keyArn } = args;
        const prefix =
            settings.destination === undefined
                ? this.own(name, args)
                : existingPrefix(settings.destination, { parent: this });
        this.uri = prefix.uri.apply((uri) => uri.replace(/\/$/, "")); // SageMaker adds its own slash
        this.config = planDataCapture(settings, this.uri, keyArn);
        this.grants = captureStatements({
            objects: objectsBelow(prefix),
            ...(keyArn !== undefined && { key: keyArn }),
        });
        this.registerOutputs({ uri: this.uri });
    }

    private own(name: string, { settings, ...care }: DataCaptureArgs): S3Prefix {
        const bucket = privateBucket(
            `${name}-capture`,
            {
                keepDays: settings.keepDays ?? CAPTURE_DEFAULTS.keepDays,
                keepReplacedDays: KEEP_DELETED_DAYS,
                ...care,
            },
            this,
        );
        return prefixOf(bucket, FOLDER);
    }
}
