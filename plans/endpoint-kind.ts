/**
 * How an endpoint is invoked: while the client waits, on instances (`real-time`) or on what comes and goes with requests (`serverless`);
 * or through a queue (`asynchronous`).
 */
export type EndpointKind = "real-time" | "asynchronous" | "serverless";
