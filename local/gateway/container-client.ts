import { Pool } from "undici";
import type { Dispatcher } from "undici";
import { explainFailure, isExchangeFailure, ResponseTooLarge, TimedOut } from "./explain-failure.ts";
import { inMegabytes } from "./limits.ts";
import type { GatewayLimits } from "./limits.ts";
import { containerError } from "./runtime-error.ts";
import type { ModelError } from "./runtime-error.ts";
import type { ServedContainer } from "./served-endpoint.ts";

/** One `POST /invocations` to a container. */
export interface ContainerRequest {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Uint8Array;
    /** Ends the request: aborted by whoever wants no response any more, and on time-out. */
    readonly cancel: AbortController;
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

/** A 2xx response that is still arriving. `chunks` throws a StreamBreak, or the reason of the abort. */
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

    /** Reads the whole response. Throws a ModelError where there is no 2xx, or the reason of the abort. */
    async invoke(request: ContainerRequest): Promise<ContainerResponse> {
        const timer = startTimer(request.cancel, this.limits.responseMs);
        try {
            const response = await this.send(request);
            const body = await this.collect(response.body);
            if (!isSuccess(response.statusCode)) throw this.error(response.statusCode, body.toString());
            return { ...head(response), body };
        } catch (error) {
            throw this.failure(error, request.cancel.signal);
        } finally {
            clearTimeout(timer);
        }
    }

    /** Resolves once a 2xx response begins. Throws a ModelError where none does, or the reason of the abort. */
    async stream(request: ContainerRequest): Promise<StreamingResponse> {
        const timer = startTimer(request.cancel, this.limits.streamMs);
        try {
            const response = await this.send(request);
            if (!isSuccess(response.statusCode)) {
                throw this.error(response.statusCode, (await this.collect(response.body)).toString());
            }
            return { ...head(response), chunks: this.chunks(response.body, request.cancel.signal, timer) };
        } catch (error) {
            clearTimeout(timer);
            throw this.failure(error, request.cancel.signal);
        }
    }

    /** Cuts all connections. */
    async close(): Promise<void> {
        await this.pool.destroy();
    }

    private async send({ headers, body, cancel }: ContainerRequest): Promise<Dispatcher.ResponseData> {
        const { origin, unavailable } = this.container;
        if (unavailable !== undefined) throw this.error(0, `The container ${unavailable}.`);
        if (origin !== this.origin) {
            void this.pool.close();
            this.origin = origin;
            this.pool = this.newPool();
        }
        return this.pool.request({ method: "POST", path: "/invocations", headers, body, signal: cancel.signal });
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

    private async collect(body: AsyncIterable<Buffer>): Promise<Buffer> {
        const limit = this.limits.responseBytes;
        const chunks: Buffer[] = [];
        let size = 0;
        for await (const chunk of body) {
            size += chunk.length;
            if (size > limit) {
                throw new ResponseTooLarge(`The container's response is larger than ${inMegabytes(limit)}.`);
            }
            chunks.push(chunk);
        }
        return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, size);
    }

    private async *chunks(
        body: AsyncIterable<Buffer>,
        signal: AbortSignal,
        timer: NodeJS.Timeout,
    ): AsyncGenerator<Buffer> {
        try {
            yield* body;
        } catch (error) {
            const cause: unknown = signal.reason ?? error;
            if (!isExchangeFailure(cause)) throw cause;
            const code = cause instanceof TimedOut ? "ModelInvocationTimeExceeded" : "StreamBroken";
            throw new StreamBreak(code, explainFailure(cause, this.hostname, this.origin));
        } finally {
            clearTimeout(timer);
        }
    }

    /** What to throw where a request failed: what undici throws after an abort does not always tell the reason. */
    private failure(error: unknown, signal: AbortSignal): unknown {
        const cause: unknown = signal.reason ?? error;
        return isExchangeFailure(cause) ? this.error(0, explainFailure(cause, this.hostname, this.origin)) : cause;
    }

    private error(status: number, reason: string): ModelError {
        return containerError(this.hostname, this.logStreamArn, status, reason);
    }
}

const startTimer = (cancel: AbortController, milliseconds: number): NodeJS.Timeout =>
    setTimeout(() => {
        cancel.abort(new TimedOut());
    }, milliseconds);

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

const head = ({ statusCode, headers }: Dispatcher.ResponseData): ResponseHead => ({
    status: statusCode,
    contentType: single(headers["content-type"]),
    customAttributes: single(headers["x-amzn-sagemaker-custom-attributes"]),
});

const single = (value: string | string[] | undefined): string | undefined =>
    Array.isArray(value) ? value.join(", ") : value;
