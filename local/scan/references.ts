import type { RecordedResource } from "../graph/recorded-resource.ts";

/** What Terraform calls a resource in a plan, such as `aws_s3_bucket.artifacts`. */
export interface Addressed extends RecordedResource {
    readonly address: string;
}

/**
 * What AWS makes up for resources, such as an ARN or a generated name, by its text. A value that is one of these is a reference: the
 * recorded graph has it as text, and Checkov joins a bucket with what belongs to it by references alone.
 * @returns the references as Terraform gives them: the attribute, and the resource
 */
export function madeUpValues(resources: readonly Addressed[]): ReadonlyMap<string, readonly string[]> {
    const references = new Map<string, readonly string[]>();
    for (const { address, id: own, inputs, outputs } of resources) {
        const id = own ?? outputs["vpcId"]; // a VPC is made by a component, which has no id of its own
        if (typeof id !== "string") continue;
        const given = new Set(Object.values(inputs));
        for (const [key, value] of Object.entries({ id, ...outputs })) {
            const isMadeUp = typeof value === "string" && value.includes(id) && !given.has(value);
            if (isMadeUp && !references.has(value)) references.set(value, [`${address}.${key}`, address]);
        }
    }
    return references;
}
