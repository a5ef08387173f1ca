import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { EndpointRouter } from "./endpoint-router.ts";
import { GATEWAY_LIMITS } from "./limits.ts";
import type { GatewayLimits } from "./limits.ts";
import { GatewayMetrics } from "./metrics.ts";
import type { MetricSummary } from "./metrics.ts";
import { refuseMalformed } from "./refuse-malformed.ts";
import { RequestHandler } from "./request-handler.ts";
import type { ServedEndpoint } from "./served-endpoint.ts";

export type { MetricSummary } from "./metrics.ts";

export interface GatewayOptions {
    /** The endpoints, each of another name. Their containers are looked at anew for every request. */
    readonly endpoints: readonly ServedEndpoint[];
    /** The account that messages and log-stream ARNs name. @default "123456789012" */
    readonly accountId?: string;
    /** The region that log-stream ARNs name. @default "us-east-1" */
    readonly region?: string;
    /** Limits other than SageMaker's. @default GATEWAY_LIMITS */
    readonly limits?: Partial<GatewayLimits>;
    /** Takes a line about what no client could be told, without a newline. @default - lines on stderr */
    readonly log?: (line: string) => void;
}

/** Amazon SageMaker Runtime's API in front of running containers. */
export interface Gateway {
    /**
     * Listens on 127.0.0.1 and resolves to the URL; port 0 takes a free one. Rejects with the server's error, such as EADDRINUSE.
     */
    listen(port: number): Promise<string>;
    /** Takes no more requests and resolves once those in flight have ended; `closeMs` later they are cut off. */
    close(): Promise<void>;
    /** The metrics since the start, a row for each metric and variant or container. */
    summary(): Promise<readonly MetricSummary[]>;
}

/** How long a client may keep an unused connection, longer than the pools of the SDKs do. */
const KEEP_ALIVE_MS = 75_000;

/** How often a closing gateway looks for connections whose requests have ended. */
const SWEEP_MS = 20;

/** Makes a gateway that does not listen yet. Throws a RangeError where two endpoints have one name. */
export function createGateway(options: GatewayOptions): Gateway {
    const { accountId = "123456789012", region = "us-east-1", log = console.error } = options;
    const limits = { ...GATEWAY_LIMITS, ...options.limits };
    const metrics = new GatewayMetrics();
    const endpoints = new Map<string, EndpointRouter>();
    for (const served of options.endpoints) {
        if (endpoints.has(served.name)) throw new RangeError(`two endpoints are named ${served.name}`);
        endpoints.set(served.name, new EndpointRouter(served, { accountId, region }, limits, metrics));
    }
    const handler = new RequestHandler({ endpoints, accountId, limits, metrics, log });
    const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
        void handler.handle(request, response);
    });
    server.on("clientError", (error, socket) => {
        refuseMalformed(error, socket, log);
    });

    return {
        listen: (port) =>
            new Promise((resolve, reject) => {
                server.once("error", reject);
                server.listen(port, "127.0.0.1", () => {
                    server.off("error", reject).on("error", (error) => {
                        log(`gateway: ${error.message}`);
                    });
                    resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
                });
            }),
        close: async () => {
            // The server itself closes only the connections that are idle when it starts to close.
            const sweep = setInterval(() => {
                server.closeIdleConnections();
            }, SWEEP_MS);
            const cut = setTimeout(() => {
                server.closeAllConnections();
            }, limits.closeMs);
            // Its only error is that the server does not listen, which is what was asked for.
            await new Promise((resolve) => server.close(resolve));
            clearInterval(sweep);
            clearTimeout(cut);
            await Promise.all([...endpoints.values()].map((endpoint) => endpoint.close()));
        },
        summary: () => metrics.summary(),
    };
}
