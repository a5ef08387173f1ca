/** Bytes of an object's key in S3. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const KEY_BYTES = 1024;

/** Below it lie all artifacts in the artifact bucket that are kept by content. */
export const ARTIFACTS = "artifacts/";

/** Below it lie all versions of an artifact in the artifact bucket. */
export const artifactFolder = (name: string): string => `${ARTIFACTS}${name}/`;

/** Where the figures of a model's quality lie in the artifact bucket. */
export const metricsKey = (name: string, sha256: string): string => `metrics/${name}/${sha256}/statistics.json`;

/** Where files that are uploaded as they are lie in the artifact bucket; ends in `/`, as SageMaker asks of a prefix. */
export function filesPrefix(name: string, sha256: string): string {
    return `${artifactFolder(name)}${sha256}/`;
}

/** Where an archive lies in the artifact bucket. */
export function archiveKey(name: string, contentSha256: string): string {
    return `${filesPrefix(name, contentSha256)}model.tar.gz`;
}

/** Below which the models of a multi-model step lie in the artifact bucket, each under its own key; the same over every update. */
export const modelsPrefix = (step: string): string => `models/${step}/`;

/** Every file that S3 would refuse under a prefix because the key is too long. */
export function keyProblems(prefix: string, paths: readonly string[]): string[] {
    const prefixBytes = Buffer.byteLength(prefix);
    return paths.flatMap((path) => {
        const bytes = prefixBytes + Buffer.byteLength(path);
        return bytes > KEY_BYTES ? [`the S3 key of "${path}" would have ${bytes} bytes; at most ${KEY_BYTES}`] : [];
    });
}
