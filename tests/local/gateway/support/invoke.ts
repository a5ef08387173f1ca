import type { Readable } from "node:stream";
import { request } from "undici";

/** An answer of the gateway, read to its end. */
export interface Answer {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly body: Buffer;
    /** The body as text. */
    readonly text: string;
}

/** What a call may differ in from an InvokeEndpoint of `demo` with the payload `{}`. */
export interface Call {
    readonly endpoint?: string;
    readonly operation?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Buffer | Readable;
}

/** Calls the gateway with just the headers given: no SDK, no defaults. */
export async function invoke(url: string, call: Call = {}): Promise<Answer> {
    const { endpoint = "demo", operation = "invocations", headers = {}, body = "{}" } = call;
    const response = await request(`${url}/endpoints/${endpoint}/${operation}`, { method: "POST", headers, body });
    const bytes = Buffer.from(await response.body.arrayBuffer());
    return { status: response.statusCode, headers: response.headers, body: bytes, text: bytes.toString() };
}

/** The JSON of an error. */
export interface ErrorBody {
    readonly Message: string;
    readonly OriginalStatusCode?: number;
    readonly OriginalMessage?: string;
    readonly LogStreamArn?: string;
}

/** An error's status, its type and its JSON. */
export function errorOf(answer: Answer): { status: number; type: unknown } & ErrorBody {
    return {
        status: answer.status,
        type: answer.headers["x-amzn-errortype"],
        ...(JSON.parse(answer.text) as ErrorBody),
    };
}
