import * as aws from "@pulumi/aws";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";

/**
 * A client of SageMaker's API for what no data source of the provider has. It takes the credentials of the environment or of `aws:profile`.
 * @throws where the stack gives credentials in a way that is the provider's alone
 */
export async function sageMakerClient(region: string): Promise<SageMakerClient> {
    const { accessKey, assumeRoles, assumeRoleWithWebIdentity, profile } = aws.config;
    if (accessKey !== undefined || assumeRoles !== undefined || assumeRoleWithWebIdentity !== undefined) {
        throw new Error("aws:accessKey and aws:assumeRoles are the provider's alone; name a profile in aws:profile");
    }
    const { SageMakerClient: Client } = await import("@aws-sdk/client-sagemaker"); // 14 MB, for stacks that need it
    return new Client({ region, ...(profile !== undefined && { profile }) });
}
