import { LIMITS } from "../../plans/limits.ts";

const MiB = 1024 * 1024;

/** Sizes and times the gateway holds requests and containers to. */
export interface GatewayLimits {
    /** Bytes of a request's payload. */
    readonly requestBytes: number;
    /** Bytes of a response's payload; a response stream has no limit. */
    readonly responseBytes: number;
    /** Bytes one container of a pipeline may hand to the next. */
    readonly betweenContainersBytes: number;
    /** Milliseconds each container has for a whole response. */
    readonly responseMs: number;
    /** Milliseconds a container has to finish a response stream; the containers before it have `responseMs`. */
    readonly streamMs: number;
    /** Milliseconds for the connection to a container. */
    readonly connectMs: number;
    /** Milliseconds that requests in flight have once the gateway closes. */
    readonly closeMs: number;
}

/** SageMaker's limits, from the developer guide unless a line says otherwise. */
export const GATEWAY_LIMITS: GatewayLimits = {
    requestBytes: LIMITS.requestBytes,
    // The guide states one payload size; that it holds for responses too is inferred.
    responseBytes: LIMITS.requestBytes,
    betweenContainersBytes: LIMITS.betweenContainersBytes,
    responseMs: LIMITS.responseSeconds * 1000,
    streamMs: LIMITS.streamSeconds * 1000,
    // SageMaker gives 250 ms; a laptop that builds and serves at once needs more.
    connectMs: 2_000,
    // Ours: long enough for most predictions, short enough for Ctrl-C.
    closeMs: 5_000,
};

/** `5242880` → `5 MB`, in the words of SageMaker's messages. */
export const inMegabytes = (bytes: number): string => `${Number((bytes / MiB).toFixed(2))} MB`;
