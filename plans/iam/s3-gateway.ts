import type { Statement } from "./statement.ts";

const isOfS3 = ({ Action }: Statement): boolean => [Action].flat().every((action) => action.startsWith("s3:"));

/**
 * The policy of a VPC's way to S3: the execution role, and nobody else, may do through it what it may do in S3 anyway. A container that
 * got hold of other credentials could take nothing out by it.
 * @param role ARN of the execution role
 * @param roleStatements all that it may do, in S3 and elsewhere
 * @param imageLayers ARN of the objects that ECR keeps layers in; undefined where images are not pulled through the VPC
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
 */
export const s3GatewayStatements = (
    role: string,
    roleStatements: readonly Statement[],
    imageLayers: string | undefined,
): Statement[] => [
    ...roleStatements.filter(isOfS3).map((statement) => ({
        ...statement,
        Principal: "*" as const, // a gateway takes no other; the condition takes its place
        Condition: { ...statement.Condition, ArnEquals: { "aws:PrincipalArn": role } },
    })),
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
