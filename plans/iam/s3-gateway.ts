import type { Input } from "@pulumi/pulumi";
import type { Statement } from "./statement.ts";

/**
 * The policy of a VPC's way to S3: the execution role, and nobody else, may do through it what its own policies say. It does not repeat
 * those, since it is changed in place, before an endpoint has moved from what its old fleet reads. A container that got hold of other
 * credentials could take nothing out by it.
 * @param role ARN of the execution role
 * @param imageLayers ARN of the objects that ECR keeps layers in; undefined where images are not pulled through the VPC
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
 */
export const s3GatewayStatements = (role: Input<string>, imageLayers: Input<string> | undefined): Statement[] => [
    {
        Sid: "ExecutionRole",
        Effect: "Allow",
        Principal: "*", // a gateway takes no other; the condition takes its place
        Action: ["s3:GetObject", "s3:ListBucket", "s3:PutObject", "s3:AbortMultipartUpload"],
        Resource: "*", // the role's own policies name what it may use
        Condition: { ArnEquals: { "aws:PrincipalArn": role } },
    },
    ...(imageLayers === undefined
        ? []
        : [
              {
                  Sid: "ImageLayers",
                  Effect: "Allow" as const,
                  Principal: "*" as const, // ECR hands out addresses that are signed in its own name
                  Action: "s3:GetObject",
                  Resource: imageLayers,
              },
          ]),
];
