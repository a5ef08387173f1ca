import type { Input } from "@pulumi/pulumi";
import type { Statement } from "./statement.ts";

/**
 * Lets accounts find the versions of a group and make models of them; who of an account may, its own policies say.
 * @param accounts ARNs of the accounts
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-deploy-xaccount.html
 */
export const groupReaders = (
    accounts: readonly Input<string>[],
    groupArn: Input<string>,
    packagesArn: Input<string>,
): Statement[] => [
    {
        Sid: "FindVersions",
        Effect: "Allow",
        Principal: { AWS: accounts },
        Action: ["sagemaker:DescribeModelPackageGroup", "sagemaker:ListModelPackages"],
        Resource: groupArn,
    },
    {
        Sid: "DeployVersions",
        Effect: "Allow",
        Principal: { AWS: accounts },
        Action: ["sagemaker:DescribeModelPackage", "sagemaker:ListModelPackages", "sagemaker:CreateModel"],
        Resource: packagesArn,
    },
];

/** Lets accounts pull the images that versions name. */
export const imageReaders = (accounts: readonly Input<string>[]): Statement[] => [
    {
        Sid: "PulledByAccounts",
        Effect: "Allow",
        Principal: { AWS: accounts },
        Action: [
            "ecr:BatchGetImage",
            "ecr:GetDownloadUrlForLayer",
            "ecr:BatchCheckLayerAvailability",
            "ecr:DescribeImages",
        ],
    },
];

/**
 * Lets accounts read the artifacts that versions name.
 * @param keys pattern of the artifacts' keys, ending in `/*`
 */
export const artifactReaders = (
    accounts: readonly Input<string>[],
    bucketArn: Input<string>,
    objectsArn: Input<string>,
    keys: string,
): Statement[] => [
    {
        Sid: "ReadByAccounts",
        Effect: "Allow",
        Principal: { AWS: accounts },
        Action: "s3:GetObject",
        Resource: objectsArn,
    },
    {
        Sid: "ListedByAccounts",
        Effect: "Allow",
        Principal: { AWS: accounts },
        Action: "s3:ListBucket",
        Resource: bucketArn,
        Condition: { StringLike: { "s3:prefix": keys } },
    },
];

/** Lets a role read artifacts that are encrypted with these keys, by way of S3 alone. */
export const artifactKeys = (keys: readonly string[], s3: Input<string>): Statement[] =>
    keys.length === 0
        ? []
        : [
              {
                  Sid: "ArtifactKeys",
                  Effect: "Allow",
                  Action: "kms:Decrypt",
                  Resource: keys,
                  Condition: { StringEquals: { "kms:ViaService": s3 } },
              },
          ];
