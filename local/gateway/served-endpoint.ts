import type { ServedModels } from "./served-models.ts";

/** A container of the endpoint, running on this machine and answering HTTP. */
export interface ServedContainer {
    /** The container's hostname in the model; names the container in errors, metrics and logs. */
    readonly hostname: string;
    /** Where it listens, such as `http://127.0.0.1:41234`. May change when the container is restarted. */
    readonly origin: string;
    /** Why it cannot be invoked right now, such as "is restarting after it exited with code 137"; undefined when it can. */
    readonly unavailable: string | undefined;
    /** The models of a multi-model container. @default - the container is one model */
    readonly models?: ServedModels | undefined;
}

/** A production variant: one model, and its share of the traffic that names no variant. */
export interface ServedVariant {
    readonly name: string;
    /** Relative share of the traffic, as in the endpoint configuration. */
    readonly weight: number;
    /** `Serial`: requests pass through all containers in order. `Direct`: a request names one container. */
    readonly mode: "Serial" | "Direct";
    /** One container, or 2–15 in the order requests flow. */
    readonly containers: readonly ServedContainer[];
}

/** A variant that runs in the shadow of the others; its weight says nothing. */
export interface ServedShadow {
    readonly variant: ServedVariant;
    /** Of the requests that are copied, 0 to 1. */
    readonly share: number;
}

/** A request that was answered. */
export interface Exchange {
    /** Name of the variant that answered. */
    readonly variant: string;
    readonly request: { readonly contentType: string | undefined; readonly body: Buffer };
    readonly answer: { readonly contentType: string | undefined; readonly body: Buffer };
    /** The client's own id of the request. */
    readonly inferenceId: string | undefined;
}

/** What the gateway serves under `/endpoints/{name}`. */
export interface ServedEndpoint {
    readonly name: string;
    readonly variants: readonly ServedVariant[];
    /** Bytes of a request at most. @default - the gateway's limit */
    readonly requestBytes?: number;
    /** Gets copies of requests, and its answers are dropped. @default - none */
    readonly shadow?: ServedShadow | undefined;
    /** Hears of each request that got a whole answer. @default - nobody does */
    readonly record?: ((exchange: Exchange) => void) | undefined;
}
