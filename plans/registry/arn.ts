/** Parts of the ARN of a model package, or of a group of them. */
export interface PackageArn {
    readonly partition: string;
    readonly region: string;
    readonly account: string;
}

export const MODEL_PACKAGE_ARN = /^arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:\d{12}:model-package\/.+$/;
export const MODEL_PACKAGE_GROUP_ARN = /^arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:\d{12}:model-package-group\/[^/]+$/;

/** @returns undefined for what is no such ARN, such as a group's name */
export function parsePackageArn(arn: string): PackageArn | undefined {
    const parts = /^arn:(aws[a-z-]*):sagemaker:([a-z0-9-]+):(\d{12}):model-package(?:-group)?\//.exec(arn);
    if (parts === null) return undefined;
    const [, partition = "", region = "", account = ""] = parts;
    return { partition, region, account };
}
