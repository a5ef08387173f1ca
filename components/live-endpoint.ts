import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { FINGERPRINT_TAG, type LiveEndpoint } from "../plans/kept-capacity.ts";
import { PlanError } from "../plans/plan-error.ts";
import { errorReason } from "./error-reason.ts";
import { sageMakerClient } from "./sagemaker-client.ts";

/**
 * Reads an endpoint's capacity from SageMaker, since no data source of the provider has it. Asks with the credentials of the environment
 * or of `aws:profile`.
 * @returns undefined where there is no such endpoint
 * @throws {PlanError} where it cannot be read: an update would lose what was scaled out
 */
export async function liveEndpoint(name: string, region: string): Promise<LiveEndpoint | undefined> {
    let client: SageMakerClient | undefined;
    try {
        client = await sageMakerClient(region);
        return await read(client, name);
    } catch (error) {
        throw unreadable(name, errorReason(error));
    } finally {
        client?.destroy();
    }
}

const unreadable = (name: string, reason: string): PlanError =>
    new PlanError(`endpoint "${name}"`, [
        `its variants are scaled, and the number of instances that an update keeps cannot be read: ${reason}`,
    ]);

async function read(client: SageMakerClient, name: string): Promise<LiveEndpoint | undefined> {
    const { DescribeEndpointCommand, DescribeEndpointConfigCommand, ListTagsCommand } =
        await import("@aws-sdk/client-sagemaker");
    const endpoint = await found(client.send(new DescribeEndpointCommand({ EndpointName: name })));
    if (endpoint?.EndpointConfigName === undefined) return undefined;
    const { EndpointConfigName, ProductionVariants = [] } = endpoint;
    const configuration = await found(client.send(new DescribeEndpointConfigCommand({ EndpointConfigName })));
    const tags =
        configuration === undefined
            ? []
            : ((await client.send(new ListTagsCommand({ ResourceArn: configuration.EndpointConfigArn }))).Tags ?? []);
    const initial = new Map(
        configuration?.ProductionVariants?.map((variant) => [variant.VariantName, variant.InitialInstanceCount]),
    );
    return {
        fingerprint: tags.find(({ Key }) => Key === FINGERPRINT_TAG)?.Value,
        variants: new Map(
            ProductionVariants.map(({ VariantName = "", DesiredInstanceCount, CurrentInstanceCount }) => {
                const wanted = DesiredInstanceCount ?? CurrentInstanceCount ?? 1;
                return [VariantName, { wanted, initial: initial.get(VariantName) ?? wanted }];
            }),
        ),
    };
}

/** The answer, or undefined where SageMaker knows no such endpoint or configuration. */
async function found<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
    try {
        return await asked;
    } catch (error) {
        const isMissing =
            error instanceof Error && error.name === "ValidationException" && /could not find/i.test(error.message);
        if (isMissing) return undefined;
        throw error;
    }
}
