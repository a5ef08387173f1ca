import type { Resource } from "../../framework/resource.ts";
import type { StackGraph } from "../../framework/stack-graph.ts";
import { ENDPOINT_CONFIGURATION } from "./types.ts";

/** The configuration that an endpoint is on. @returns undefined where the stack does not hold it */
export const configurationOf = (stack: StackGraph, endpoint: Resource): Resource | undefined =>
    stack.referred(endpoint, endpoint.properties, "endpointConfigName", ENDPOINT_CONFIGURATION, "name");
