import type { Given } from "../../judged.ts";

type Properties = Readonly<Record<string, unknown>>;

const BUCKET = "models-1";

export const bucket = (properties: Properties = {}): Given => ({
    type: "aws:s3/bucket:Bucket",
    name: "models",
    properties: { bucket: BUCKET, ...properties },
});

/** A resource about the bucket, such as `of("BucketVersioning", …)`. */
export const of = (kind: string, properties: Properties): Given => ({
    type: `aws:s3/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`,
    name: "models",
    properties: { bucket: BUCKET, ...properties },
});
