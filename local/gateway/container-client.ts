import type { IncomingHttpHeaders } from "node:http";
import { Pool } from "undici";
import type { Cancellation } from "./cancellation.ts";
import { Chunks } from "./chunks.ts";
import { explainFailure, isExchangeFailure, ResponseTooLarge, TimedOut } from "./explain-failure.ts";
import type { GatewayLimits } from "./limits.ts";
import { containerError } from "./runtime-error.ts";
import type { ModelError } from "./runtime-error.ts";
import type { ServedContainer } from "./served-endpoint.ts";
import { ResponseReader } from "./response-reader.ts";

/** One invocation of a container. */
export interface ContainerRequest {
    /** @default "/invocations" */
    readonly path?: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
    /** What may end the request before its response is complete. */
    readonly cancellation: Cancellation;
}

/** The part of a response's head that SageMaker passes on. */
interface ResponseHead {
    readonly status: number;
    readonly contentType: string | undefined;
    readonly customAttributes: string | undefined;
}

/** A 2xx response. */
export interface ContainerResponse extends ResponseHead {
    readonly body: Buffer;
}

/** A 2xx response that is still arriving. `chunks` throws a StreamBreak, or the reason of a cancellation. */
export interface StreamingResponse extends ResponseHead {
    readonly chunks: AsyncIterable<Buffer>;
}

/** A response stream that ended before it was complete; the codes are those of SageMaker's ModelStreamError. */
export class StreamBreak extends Error {
    readonly code: "ModelInvocationTimeExceeded" | "StreamBroken";

    constructor(code: StreamBreak["code"], message: string) {
        super(message);
        this.code = code;
    }
}

/**
 * How long an unused connection is kept, unless the container promises more by `Keep-Alive: timeout`. A request that meets a
 * connection just being closed fails, and cannot be repeated: the container may have begun on it. The shortest time-out of
 * a usual server is gunicorn's 2 s.
 */
const KEEP_ALIVE_MS = 1_000;

/** HTTP to one container, over connections that are kept open. */
export class ContainerClient {
    readonly hostname: string;
    readonly logStreamArn: string;
    private readonly container: ServedContainer;
    private readonly limits: GatewayLimits;
    private origin: string;
    private pool: Pool;

    constructor(container: ServedContainer, logStreamArn: string, limits: GatewayLimits) {
        this.hostname = container.hostname;
        this.logStreamArn = logStreamArn;
        this.container = container;
        this.limits = limits;
        this.origin = container.origin;
        this.pool = this.newPool();
    }

    /** Reads the whole response. Rejects with a ModelError where there is no 2xx, or with the reason of a cancellation. */
    invoke(request: ContainerRequest): Promise<ContainerResponse> {
        const { cancellation } = request;
        return new Promise((resolve, reject) => {
            const pool = this.openPool(cancellation);
            const reader = new ResponseReader(this.limits.responseBytes, {
                complete: (status, headers, body) => {
                    cancellation.end();
                    if (isSuccess(status)) resolve({ ...head(status, headers), body });
                    else reject(this.error(status, body.toString()));
                },
                failed: (error) => {
                    cancellation.end();
                    reject(this.failure(error));
                },
            });
            cancellation.begin(reader.cut, this.limits.responseMs);
            pool.dispatch(this.options(request), reader);
        });
    }

    /** Resolves once a 2xx response begins. Throws a ModelError where none does, or the reason of a cancellation. */
    async stream(request: ContainerRequest): Promise<StreamingResponse> {
        const { cancellation } = request;
        const pool = this.openPool(cancellation);
        const abort = new AbortController();
        const cut = (reason: Error): void => {
            abort.abort(reason);
        };
        cancellation.begin(cut, this.limits.streamMs);
        try {
            const options = { ...this.options(request), signal: abort.signal };
            const { statusCode, headers, body } = await pool.request(options);
            if (!isSuccess(statusCode)) throw this.error(statusCode, await this.text(body));
            return { ...head(statusCode, headers), chunks: this.chunks(body, abort.signal, cancellation) };
        } catch (error) {
            cancellation.end();
            // What undici throws after an abort does not always tell the reason.
            throw this.failure(abort.signal.reason ?? error);
        }
    }

    /** Cuts all connections. */
    async close(): Promise<void> {
        await this.pool.destroy();
    }

    /** The pool for where the container is now; throws where it cannot be invoked, or is not to be any more. */
    private openPool({ reason }: Cancellation): Pool {
        if (reason !== undefined) throw reason;
        const { origin, unavailable } = this.container;
        if (unavailable !== undefined) throw this.error(0, `The container ${unavailable}.`);
        if (origin !== this.origin) {
            void this.pool.close();
            this.origin = origin;
            this.pool = this.newPool();
        }
        return this.pool;
    }

    private options({ path = "/invocations", headers, body }: ContainerRequest) {
        return { method: "POST", path, headers, body };
    }

    private newPool(): Pool {
        return new Pool(this.origin, {
            connectTimeout: this.limits.connectMs,
            keepAliveTimeout: KEEP_ALIVE_MS,
            // One timer covers the whole response.
            headersTimeout: 0,
            bodyTimeout: 0,
        });
    }

    /** What a container says of its refusal. */
    private async text(body: AsyncIterable<Buffer>): Promise<string> {
        const chunks = new Chunks(this.limits.responseBytes);
        for await (const chunk of body) {
            if (!chunks.add(chunk)) throw new ResponseTooLarge(this.limits.responseBytes);
        }
        return chunks.whole().toString();
    }

    private async *chunks(
        body: AsyncIterable<Buffer>,
        signal: AbortSignal,
        cancellation: Cancellation,
    ): AsyncGenerator<Buffer> {
        try {
            yield* body;
        } catch (error) {
            const cause: unknown = signal.reason ?? error;
            if (!isExchangeFailure(cause)) throw cause;
            const code = cause instanceof TimedOut ? "ModelInvocationTimeExceeded" : "StreamBroken";
            throw new StreamBreak(code, explainFailure(cause, this.hostname, this.origin));
        } finally {
            cancellation.end();
        }
    }

    private failure<Cause>(cause: Cause): Cause | ModelError {
        return isExchangeFailure(cause) ? this.error(0, explainFailure(cause, this.hostname, this.origin)) : cause;
    }

    /** The ModelError for what the container answered, or for why it did not (`status` 0). */
    error(status: number, reason: string): ModelError {
        return containerError(this.hostname, this.logStreamArn, status, reason);
    }
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

const head = (status: number, headers: IncomingHttpHeaders): ResponseHead => ({
    status,
    contentType: single(headers["content-type"]),
    customAttributes: single(headers["x-amzn-sagemaker-custom-attributes"]),
});

const single = (value: string | string[] | undefined): string | undefined =>
    Array.isArray(value) ? value.join(", ") : value;
