import type { Deployment } from "../../tools/deployment.ts";
import type { Answer } from "./sagemaker-api.ts";

/** A variant of a configuration in the stand-in cloud. */
export interface Variant {
    readonly variantName: string;
    readonly initialInstanceCount: number;
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** SageMaker's API over a deployment's stand-in cloud, in which scaling wants `wanted` instances of each variant. */
export const overCloud =
    (deployment: () => Deployment, wanted: () => number): Answer =>
    (operation, input) => {
        const [, tagged] = text(input["ResourceArn"]).split("/");
        const name = tagged ?? text(input["EndpointName"] ?? input["EndpointConfigName"]);
        const type = operation === "DescribeEndpoint" ? "Endpoint" : "EndpointConfiguration";
        const key = `aws.sagemaker.${type}=${name}`;
        if (!deployment().cloud().includes(`${key}.json`))
            return { error: "ValidationException", message: `Could not find ${type} "${name}".` };
        const resource = deployment().resource(key);
        if (operation === "DescribeEndpoint") {
            return {
                EndpointConfigName: resource["endpointConfigName"],
                ProductionVariants: [{ VariantName: "main", DesiredInstanceCount: wanted() }],
            };
        }
        if (operation === "ListTags") {
            const tags = Object.entries((resource["tags"] ?? {}) as Record<string, string>);
            return { Tags: tags.map(([Key, Value]) => ({ Key, Value })) };
        }
        const variants = resource["productionVariants"] as readonly Variant[];
        return {
            EndpointConfigArn: resource["arn"],
            ProductionVariants: variants.map(({ variantName, initialInstanceCount }) => ({
                VariantName: variantName,
                InitialInstanceCount: initialInstanceCount,
            })),
        };
    };
