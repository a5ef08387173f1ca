import * as pulumi from "@pulumi/pulumi";
import { PATTERN_TYPES } from "../plans/pattern-types.ts";
import type { EndpointSettings } from "../plans/endpoint.ts";
import { Endpoint } from "./endpoint.ts";
import { Model, type ModelArgs } from "./model.ts";

export interface ServedModelArgs extends Omit<ModelArgs, "endpointName"> {
    readonly endpoint: EndpointSettings & { readonly name: string };
}

/**
 * The same component under each pattern that it could be of. A stack that switches its pattern so keeps images, artifacts and role, and
 * its endpoint, which is moved to the new model in place; without, the engine would delete one and create another of the same name.
 */
const underAnyPattern = (name: string): pulumi.Alias[] =>
    Object.values(PATTERN_TYPES).map((type) => ({ parent: pulumi.createUrn(name, type) }));

/** What every pattern ends in: a model, and the endpoint that serves it. */
export function serveModel(
    name: string,
    { endpoint: settings, ...args }: ServedModelArgs,
    parent: pulumi.Resource,
): Endpoint {
    const child = { parent, aliases: underAnyPattern(name) };
    const model = new Model(name, { ...args, endpointName: settings.name }, child);
    return new Endpoint(name, { ...settings, modelName: model.name }, child);
}
