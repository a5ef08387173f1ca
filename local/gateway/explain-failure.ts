import { errors } from "undici";
import { inMegabytes } from "./limits.ts";

/** Aborts a request whose container took too long. */
export class TimedOut extends Error {}

/** Ends the reading of a response that passed the limit. */
export class ResponseTooLarge extends Error {
    constructor(limit: number) {
        super(`The container's response is larger than ${inMegabytes(limit)}.`);
    }
}

/** Codes of a connection that could not be made. */
const NOT_CONNECTED = new Set(["ECONNREFUSED", "UND_ERR_CONNECT_TIMEOUT"]);

/** Whether the error is about the exchange with a container, and not a mistake of the gateway. */
export const isExchangeFailure = (error: unknown): error is NodeJS.ErrnoException =>
    error instanceof TimedOut ||
    error instanceof ResponseTooLarge ||
    error instanceof errors.UndiciError ||
    error instanceof errors.HTTPParserError ||
    (error instanceof Error && "syscall" in error);

/** Says in a sentence why a container gave no complete response. */
export function explainFailure(error: NodeJS.ErrnoException, hostname: string, origin: string): string {
    if (error instanceof TimedOut) {
        return (
            `Your invocation timed out while waiting for a response from container ${hostname}. ` +
            "ContainerLatency, in the gateway's metrics, tells which containers are slow."
        );
    }
    if (error instanceof ResponseTooLarge) return error.message;
    if (error instanceof errors.HTTPParserError) return `The container's response is not valid HTTP: ${error.message}.`;
    const code = error.code ?? error.name;
    if (NOT_CONNECTED.has(code)) return `The container does not accept connections at ${origin} (${code}).`;
    return `The connection broke before the container's response was complete: ${error.message} (${code}).`;
}
