import type { Input } from "@pulumi/pulumi";

/** Model data in S3, and what a role must be allowed to read it. */
export interface ModelData {
    /** `s3://bucket/key.tar.gz`, or a prefix ending in `/` for files that are not compressed. */
    readonly uri: Input<string>;
    /** Whether `uri` is one archive. */
    readonly compressed: boolean;
}

/** Bucket and key of an S3 URI. */
export function parseS3Uri(uri: string): { readonly bucket: string; readonly key: string } {
    const parts = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri);
    if (parts === null) throw new RangeError(`"${uri}" is not s3://bucket/key`);
    const [, bucket = "", key = ""] = parts;
    return { bucket, key };
}

/** What a container refers to its model data by. */
export function modelDataFields({ uri, compressed }: ModelData) {
    if (compressed) return { modelDataUrl: uri };
    return { modelDataSource: { s3DataSources: [{ s3Uri: uri, s3DataType: "S3Prefix", compressionType: "None" }] } };
}
