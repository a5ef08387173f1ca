import type { RecordedResource } from "../../../local/graph/recorded-resource.ts";

type Properties = Readonly<Record<string, unknown>>;

/** A resource of a graph that is written by hand, known by its inputs and what AWS would add. */
export const resource = (type: string, name: string, inputs: Properties, added: Properties = {}): RecordedResource => ({
    urn: `urn:pulumi:test::project::${type}::${name}`,
    type,
    name,
    id: null,
    parent: null,
    isProtected: true,
    inputs,
    outputs: { ...inputs, ...added },
});

export const KEY_ARN = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
