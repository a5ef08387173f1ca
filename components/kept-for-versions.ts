import type * as pulumi from "@pulumi/pulumi";

const KEPT = ["aws:s3/", "aws:ecr/", "aws:kms/"];

/**
 * Leaves in AWS what is replaced or deleted of buckets and repositories, with all that keeps them private, and of their key: registered
 * versions name the artifacts and images in them, and stay when the next version comes or the stack goes.
 */
export const keptForVersions: pulumi.ResourceTransformation = ({ type, props, opts }) =>
    KEPT.some((kept) => type.startsWith(kept)) ? { props, opts: { ...opts, retainOnDelete: true } } : undefined;
