/** Characters of a message in an error, as the service model of SageMaker Runtime limits them. */
const MESSAGE_LENGTH = 2048;

const ELLIPSIS = "…";

/** The text, or as much of its beginning as `length` characters hold. */
export const cut = (text: string, length: number): string =>
    text.length <= length ? text : text.slice(0, Math.max(0, length - ELLIPSIS.length)) + ELLIPSIS;

/** An error a client of SageMaker Runtime sees. */
export class RuntimeError extends Error {
    readonly status: number;
    /** Goes into `x-amzn-ErrorType`, by which the SDKs name their exceptions; undefined where SageMaker sends none. */
    readonly type: string | undefined;

    constructor(status: number, type: string | undefined, message: string) {
        super(cut(message, MESSAGE_LENGTH));
        this.status = status;
        this.type = type;
    }

    /** The JSON body of the answer. */
    body(): Record<string, string | number> {
        return { Message: this.message };
    }
}

/** A container that gave no response, or one that is not 2xx. Never an HTTP 5xx: the SDKs would send the request again. */
export class ModelError extends RuntimeError {
    /** The container's status; 0 where it gave no complete response, as users report it of SageMaker. */
    readonly originalStatusCode: number;
    private readonly originalMessage: string;
    private readonly logStreamArn: string;

    constructor(message: string, originalStatusCode: number, originalMessage: string, logStreamArn: string) {
        super(424, "ModelError", message);
        this.originalStatusCode = originalStatusCode;
        this.originalMessage = cut(originalMessage, MESSAGE_LENGTH);
        this.logStreamArn = logStreamArn;
    }

    override body(): Record<string, string | number> {
        return {
            Message: this.message,
            OriginalStatusCode: this.originalStatusCode,
            OriginalMessage: this.originalMessage,
            LogStreamArn: this.logStreamArn,
        };
    }
}

/** The ModelError for what `hostname` answered, or for why it did not (`status` 0). */
export function containerError(hostname: string, logStreamArn: string, status: number, reason: string): ModelError {
    const side = status >= 400 && status < 500 ? "client" : "server";
    const head = `Received ${side} error (${status}) from ${hostname} with message "`;
    const tail = `". See the log of container ${hostname} for more information.`;
    const quoted = cut(reason, MESSAGE_LENGTH - head.length - tail.length);
    return new ModelError(head + quoted + tail, status, reason, logStreamArn);
}

/** A request that SageMaker refuses before any container sees it. */
export const validationError = (message: string): RuntimeError => new RuntimeError(400, "ValidationError", message);

/** SageMaker's answer to a payload over the limit, which users report with status 413 and no error type. */
export const payloadTooLarge = (limit: number): RuntimeError =>
    new RuntimeError(413, undefined, `HTTP content length exceeded ${limit} bytes.`);
