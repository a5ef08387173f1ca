import * as pulumi from "@pulumi/pulumi";
import { PATTERN_TYPES } from "../plans/pattern-types.ts";
import type { EndpointSettings } from "../plans/endpoint.ts";
import { Endpoint } from "./endpoint.ts";
import { Model, type ModelArgs } from "./model.ts";

export interface ServedModelArgs extends Omit<ModelArgs, "endpointName"> {
    readonly endpoint: EndpointSettings & { readonly name: string };
}

/**
 * The same endpoint under each pattern that it could be of: a stack that switches its pattern keeps the endpoint, which is moved to the
 * new model in place, instead of deleting one and creating another of the same name.
 */
const underAnyPattern = (name: string): pulumi.Alias[] =>
    Object.values(PATTERN_TYPES).map((type) => ({ parent: pulumi.createUrn(name, type) }));

/** What every pattern ends in: a model, and the endpoint that serves it. */
export function serveModel(
    name: string,
    { endpoint: settings, ...model }: ServedModelArgs,
    parent: pulumi.Resource,
): Endpoint {
    const { name: modelName } = new Model(name, { ...model, endpointName: settings.name }, { parent });
    return new Endpoint(name, { ...settings, modelName }, { parent, aliases: underAnyPattern(name) });
}
