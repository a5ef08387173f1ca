export type Operation = "InvokeEndpoint" | "InvokeEndpointWithResponseStream" | "InvokeEndpointAsync";

/** The operations of SageMaker Runtime, by the last part of their path. */
const OPERATIONS: ReadonlyMap<string | undefined, Operation> = new Map([
    ["invocations", "InvokeEndpoint"],
    ["invocations-response-stream", "InvokeEndpointWithResponseStream"],
    ["async-invocations", "InvokeEndpointAsync"],
]);

/** An operation on an endpoint, which may not exist. */
export interface Route {
    readonly operation: Operation;
    readonly endpoint: string;
}

const PATH = /^\/endpoints\/([^/?]+)\/([a-z-]+)(?:\?.*)?$/;

/** What is asked for, or undefined where SageMaker Runtime has no such operation. */
export function route(method: string | undefined, url: string | undefined): Route | undefined {
    const [, endpoint, name] = PATH.exec(url ?? "") ?? [];
    const operation = OPERATIONS.get(name);
    return method === "POST" && endpoint !== undefined && operation !== undefined ? { endpoint, operation } : undefined;
}
