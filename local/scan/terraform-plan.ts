import { matchesAny } from "../../policy/framework/glob.ts";
import type { RecordedResource } from "../graph/recorded-resource.ts";
import { type Addressed, madeUpValues } from "./references.ts";
import { terraformBlock, type TerraformBlock } from "./terraform-block.ts";
import { NOT_OF_AWS, TERRAFORM_TYPES, type TerraformType } from "./terraform-types.ts";

interface Planned extends TerraformBlock {
    readonly type: string;
    readonly name: string;
    readonly address: string;
}

/** What `terraform show -json` prints of a plan, as far as scanners read it. */
export interface TerraformPlan {
    readonly format_version: string;
    readonly terraform_version: string;
    readonly planned_values: { readonly root_module: { readonly resources: readonly object[] } };
    readonly configuration: { readonly root_module: { readonly resources: readonly object[] } };
}

const isOfAws = ({ type }: RecordedResource): boolean => !matchesAny(NOT_OF_AWS, type);

function terraformType({ type }: RecordedResource): TerraformType {
    const found = TERRAFORM_TYPES[type];
    if (found !== undefined) return found;
    throw new Error(
        `${type} would not be scanned: add it to TERRAFORM_TYPES, or to NOT_OF_AWS, in local/scan/terraform-types.ts`,
    );
}

/** The types of the components around a resource, the outermost first, such as `BatchTransform`. */
const around = ({ urn }: RecordedResource): string[] => {
    const types = urn.split("::")[2]?.split("$") ?? [];
    return types.slice(0, -1).map((type) => type.split(":").at(-1) ?? type);
};

/** Addresses are unique in Terraform, and made of fewer characters than names in Pulumi. */
function addressed(resources: readonly RecordedResource[]): Addressed[] {
    const addressOf = (resource: RecordedResource): string =>
        `${terraformType(resource).type}.${resource.name.replaceAll(/[^\w-]/g, "_")}`;
    const uses = Map.groupBy(resources, addressOf);
    return resources.map((resource) => {
        const address = addressOf(resource);
        const isShared = (uses.get(address)?.length ?? 0) > 1;
        return { ...resource, address: isShared ? [address, ...around(resource)].join("-") : address };
    });
}

function planned(resource: Addressed, references: ReadonlyMap<string, readonly string[]>): Planned {
    const { type, names, properties } = terraformType(resource);
    const inputs = Object.entries(resource.inputs).filter(([key]) => properties?.includes(key) ?? true);
    const { address } = resource;
    return {
        type,
        name: address.slice(type.length + 1),
        address,
        ...terraformBlock(Object.fromEntries(inputs), { names: names ?? {}, references, where: resource.type }),
    };
}

/** A key has one policy in AWS, and Checkov reads it where the key is. */
function withKeyPolicies(resources: readonly Planned[]): Planned[] {
    const policies = new Map(
        resources
            .filter(({ type }) => type === "aws_kms_key_policy")
            .map(({ values, expressions }) => [keyOf(expressions["key_id"]), values["policy"]] as const),
    );
    return resources.map((resource) => {
        const policy = policies.get(resource.address);
        return policy === undefined ? resource : { ...resource, values: { ...resource.values, policy } };
    });
}

const keyOf = (expression: unknown): string | undefined =>
    (expression as { readonly references?: readonly string[] } | undefined)?.references?.[1];

/**
 * A recorded stack as a plan of Terraform's AWS provider.
 * @throws where a type or a list of blocks has no name there: what is left out unnoticed would pass every check
 */
export function terraformPlan(recorded: readonly RecordedResource[]): TerraformPlan {
    const resources = addressed(recorded.filter(isOfAws));
    const references = madeUpValues(resources);
    const plans = withKeyPolicies(resources.map((resource) => planned(resource, references)));
    const common = ({ address, type, name }: Planned) => ({
        address,
        mode: "managed",
        type,
        name,
        provider_name: "registry.terraform.io/hashicorp/aws",
    });
    return {
        format_version: "1.2",
        terraform_version: "1.9.8", // Checkov takes no file for a plan that has none
        planned_values: {
            root_module: { resources: plans.map((plan) => ({ ...common(plan), values: plan.values })) },
        },
        configuration: {
            root_module: { resources: plans.map((plan) => ({ ...common(plan), expressions: plan.expressions })) },
        },
    };
}
