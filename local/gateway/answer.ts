import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { ContainerResponse, StreamingResponse } from "./container-client.ts";
import { StreamBreak } from "./container-client.ts";
import { EVENT_STREAM, payloadPart, streamException } from "./event-stream.ts";
import { ClientGone } from "./read-body.ts";
import type { RuntimeError } from "./runtime-error.ts";

/** Sends a whole answer; does nothing where the client has gone. */
export function send(
    response: ServerResponse,
    status: number,
    headers: OutgoingHttpHeaders,
    body: string | Buffer,
): void {
    if (response.destroyed) return;
    response.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(body) });
    response.end(body);
}

/** An error as the SDKs read it. */
export function sendError(response: ServerResponse, error: RuntimeError): void {
    const type = error.type === undefined ? {} : { "x-amzn-ErrorType": error.type };
    send(response, error.status, { "Content-Type": "application/json", ...type }, JSON.stringify(error.body()));
}

/** The answer of InvokeEndpoint. */
export function sendInvocation(response: ServerResponse, variant: string, answer: ContainerResponse): void {
    const type = answer.contentType === undefined ? {} : { "Content-Type": answer.contentType };
    send(response, 200, { ...type, ...metadata(variant, answer) }, answer.body);
}

/**
 * The answer of InvokeEndpointWithResponseStream: the container's chunks, as they arrive, as events. Resolves to what broke the
 * stream, of which the last event tells the client, or to undefined; rejects where the client has gone. What is not the
 * container's doing is also logged.
 */
export async function sendStream(
    response: ServerResponse,
    variant: string,
    answer: StreamingResponse,
    log: (error: unknown) => void,
): Promise<unknown> {
    const type = answer.contentType === undefined ? {} : { "X-Amzn-SageMaker-Content-Type": answer.contentType };
    response.writeHead(200, { "Content-Type": EVENT_STREAM, ...type, ...metadata(variant, answer) });
    response.flushHeaders();
    let broken: unknown;
    await pipeline(async function* () {
        try {
            for await (const chunk of answer.chunks) yield payloadPart(chunk);
        } catch (error) {
            if (error instanceof ClientGone) throw error;
            broken = error;
            if (error instanceof StreamBreak) {
                yield streamException("ModelStreamError", { Message: error.message, ErrorCode: error.code });
            } else {
                log(error);
                yield streamException("InternalStreamFailure", { Message: "The gateway failed; its log says why." });
            }
        }
    }, response);
    return broken;
}

const metadata = (
    variant: string,
    { customAttributes }: ContainerResponse | StreamingResponse,
): OutgoingHttpHeaders => ({
    "x-Amzn-Invoked-Production-Variant": variant,
    ...(customAttributes !== undefined && { "X-Amzn-SageMaker-Custom-Attributes": customAttributes }),
});
