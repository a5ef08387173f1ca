import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { send, sendError, sendInvocation, sendStream } from "./answer.ts";
import { Cancellation } from "./cancellation.ts";
import { StreamBreak } from "./container-client.ts";
import type { TargetContainer, EndpointRouter, TargetVariant } from "./endpoint-router.ts";
import { Invocation } from "./invocation.ts";
import type { GatewayLimits } from "./limits.ts";
import type { GatewayMetrics, RequestRecorder } from "./metrics.ts";
import { ClientGone, readBody } from "./read-body.ts";
import { requestHeaders } from "./request-headers.ts";
import { route } from "./route.ts";
import type { Route } from "./route.ts";
import { ModelError, RuntimeError, validationError } from "./runtime-error.ts";

/** A page of any web site can have its name resolve to 127.0.0.1; its requests then carry that name. */
const LOOPBACK_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

const HELP =
    "Accepted are POST /endpoints/{name}/invocations, POST /endpoints/{name}/invocations-response-stream, " +
    "POST /endpoints/{name}/async-invocations, and of the gateway itself GET /ping and GET /metrics.";

/** What answering a request takes. */
interface GatewayParts {
    /** By name. */
    readonly endpoints: ReadonlyMap<string, EndpointRouter>;
    readonly accountId: string;
    readonly limits: GatewayLimits;
    readonly metrics: GatewayMetrics;
    readonly log: (line: string) => void;
}

/** Answers the server's requests. */
export class RequestHandler {
    private readonly gateway: GatewayParts;

    constructor(gateway: GatewayParts) {
        this.gateway = gateway;
    }

    /** Answers a request, whatever goes wrong; never rejects. */
    async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
        response.setHeader("x-amzn-RequestId", randomUUID());
        try {
            await this.dispatch(request, response);
        } catch (error) {
            if (error instanceof RuntimeError) {
                sendError(response, error);
            } else if (!(error instanceof ClientGone)) {
                this.logFailure(error);
                sendError(response, new RuntimeError(500, "InternalFailure", "The gateway failed; its log says why."));
            }
        }
        // What is left of a payload nobody wants: unread, it would keep the client from reading the answer.
        request.resume();
    }

    private async dispatch(request: IncomingMessage, response: ServerResponse): Promise<void> {
        const { host } = request.headers;
        if (host === undefined || !LOOPBACK_HOST.test(host)) {
            const message = `The Host header is "${host ?? ""}"; accepted are localhost, 127.0.0.1 and [::1].`;
            throw new RuntimeError(403, "AccessDeniedException", message);
        }
        const found = route(request.method, request.url);
        if (found !== undefined) return this.invoke(found, request, response);
        if (request.method === "GET" && request.url === "/ping") {
            send(response, 200, {}, "");
        } else if (request.method === "GET" && request.url === "/metrics") {
            const { metrics } = this.gateway;
            send(response, 200, { "Content-Type": metrics.contentType }, await metrics.text());
        } else {
            const message = `${request.method ?? ""} ${request.url ?? ""} is not known. ${HELP}`;
            throw new RuntimeError(404, "UnknownOperationException", message);
        }
    }

    private async invoke(found: Route, request: IncomingMessage, response: ServerResponse): Promise<void> {
        const arrived = performance.now();
        const { endpoints, accountId, limits } = this.gateway;
        const endpoint = endpoints.get(found.endpoint);
        if (endpoint === undefined) {
            throw validationError(`Endpoint ${found.endpoint} of account ${accountId} not found.`);
        }
        if (found.operation === "InvokeEndpointAsync") {
            throw validationError(
                `Endpoint ${endpoint.name} has no AsyncInferenceConfig, so it cannot be invoked asynchronously.`,
            );
        }
        const headers = requestHeaders(request.headers, found.operation);
        const variant = endpoint.variantFor(headers);
        const containers = endpoint.containersFor(variant, headers);
        const cancellation = new Cancellation();
        response.once("close", () => {
            if (!response.writableFinished) cancellation.cancel(new ClientGone());
            cancellation.close();
        });
        const payload = await readBody(request, endpoint.requestBytes);
        void endpoint.shadow?.copy(headers, payload);

        const invocation = new Invocation(containers, headers, cancellation, limits);
        const recorders = requestRecorders(variant, containers);
        const finish = (failure: unknown): void => {
            const overheadMs = performance.now() - arrived - invocation.modelMs;
            for (const recorder of recorders) {
                if (failure instanceof ModelError) recorder.failed(failure.originalStatusCode);
                if (failure instanceof StreamBreak) recorder.failed(0);
                recorder.finished(invocation.modelMs, overheadMs);
            }
        };
        for (const recorder of recorders) recorder.started();
        try {
            if (found.operation === "InvokeEndpoint") {
                const answer = await invocation.invoke(payload);
                sendInvocation(response, variant.name, answer);
                finish(undefined);
                endpoint.record?.({
                    variant: variant.name,
                    request: { contentType: headers.contentType, body: payload },
                    answer,
                    inferenceId: headers.inferenceId,
                });
            } else {
                finish(await sendStream(response, variant.name, await invocation.stream(payload), this.logFailure));
            }
        } catch (error) {
            // Once the client has gone, every error comes from that, and the times say nothing about the model.
            if (response.destroyed) return;
            finish(error);
            throw error;
        }
    }

    private readonly logFailure = (error: unknown): void => {
        const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
        this.gateway.log(`gateway: ${text.replaceAll(/\n\s*/g, " ")}`);
    };
}

/** A request is counted for its variant, and in Direct mode for its container. */
const requestRecorders = (variant: TargetVariant, containers: readonly TargetContainer[]): RequestRecorder[] =>
    [variant.requests, ...containers.map(({ requests }) => requests)].filter((recorder) => recorder !== undefined);
