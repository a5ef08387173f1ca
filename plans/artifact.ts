/** Bytes of an object's key in S3. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const KEY_BYTES = 1024;

/** Below it lie all versions of an artifact in the artifact bucket. */
export const artifactFolder = (name: string): string => `artifacts/${name}/`;

/** Where files that are uploaded as they are lie in the artifact bucket; ends in `/`, as SageMaker asks of a prefix. */
export function filesPrefix(name: string, sha256: string): string {
    return `${artifactFolder(name)}${sha256}/`;
}

/** Where an archive lies in the artifact bucket. */
export function archiveKey(name: string, contentSha256: string): string {
    return `${filesPrefix(name, contentSha256)}model.tar.gz`;
}

/** Every file that S3 would refuse under its prefix because the key is too long. */
export function keyProblems(name: string, paths: readonly string[]): string[] {
    const prefix = Buffer.byteLength(filesPrefix(name, "0".repeat(64)));
    return paths.flatMap((path) => {
        const bytes = prefix + Buffer.byteLength(path);
        return bytes > KEY_BYTES ? [`the S3 key of "${path}" would have ${bytes} bytes; at most ${KEY_BYTES}`] : [];
    });
}
