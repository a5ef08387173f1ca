/**
 * What `protect` refuses to delete: what callers hold on to, and what cannot be made again. Repositories and roles are not among them:
 * they are made from source, and one goes with a step that an ordinary release takes away.
 */
const PROTECTED: ReadonlySet<string> = new Set([
    "aws:sagemaker/endpoint:Endpoint", // its name is called; a change that would replace it is refused as well
    "aws:s3/bucket:Bucket", // captured data, requests, results; model data, which a running endpoint reads with each instance it adds
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:kms/key:Key", // with it goes all that it encrypts
    "aws:sagemaker/modelPackageGroup:ModelPackageGroup", // versions, and who approved them
]);

/** S3 takes 10 tags of an object, and each would cost an API call and a right; the bucket has them. */
const UNTAGGED: ReadonlySet<string> = new Set(["aws:s3/bucketObjectv2:BucketObjectv2"]);

export const isProtected = (type: string): boolean => PROTECTED.has(type);

/**
 * Whether a resource takes tags of AWS's.
 * @param inputs those of a generated class, which names each input, also where it has no value
 */
export const isTagged = (type: string, inputs: object): boolean =>
    "tags" in inputs && !UNTAGGED.has(type) && /^awsx?:/.test(type);
