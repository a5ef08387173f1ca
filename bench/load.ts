import { createConnection } from "node:net";

/** Requests to one HTTP server on 127.0.0.1, all alike. */
export interface Load {
    readonly port: number;
    readonly path: string;
    readonly contentType: string;
    /** @default - no such header */
    readonly accept?: string;
    readonly body: Buffer;
    /** Connections, each with one request at a time. */
    readonly clients: number;
    /** Over all clients. */
    readonly requests: number;
}

export interface LoadTimes {
    /** Milliseconds that each request took. */
    readonly each: number[];
    /** Milliseconds that all of them took together. */
    readonly total: number;
}

const HEAD_END = "\r\n\r\n";

/** Bytes of the response that `received` begins with, once its head is complete. @throws for another status than 200 */
function responseLength(received: Buffer): number | undefined {
    const end = received.indexOf(HEAD_END);
    if (end < 0) return undefined;
    const head = received.toString("latin1", 0, end);
    const length = /^content-length: (\d+)$/im.exec(head)?.[1];
    if (!head.startsWith("HTTP/1.1 200") || length === undefined) throw new Error(`not a 200 with a length: ${head}`);
    return end + HEAD_END.length + Number(length);
}

/** One connection that sends a request whenever the last was answered, until `next` says no. */
function client(
    port: number,
    request: Buffer,
    next: () => boolean,
    took: (milliseconds: number) => void,
): Promise<void> {
    return new Promise((resolve, reject) => {
        const socket = createConnection({ port, host: "127.0.0.1", noDelay: true });
        let head: Buffer = Buffer.alloc(0);
        let expected: number | undefined;
        let size = 0;
        let sent = 0;
        const send = () => {
            if (!next()) {
                socket.destroy();
                resolve();
                return;
            }
            sent = performance.now();
            socket.write(request);
        };
        socket.on("connect", send);
        socket.on("error", reject);
        socket.on("end", () => {
            reject(new Error("the server closed a connection"));
        });
        socket.on("data", (chunk: Buffer) => {
            size += chunk.length;
            try {
                if (expected === undefined) {
                    head = Buffer.concat([head, chunk]);
                    expected = responseLength(head);
                }
                if (expected === undefined || size < expected) return;
            } catch (error) {
                socket.destroy();
                reject(error instanceof Error ? error : new Error(String(error)));
                return;
            }
            head = Buffer.alloc(0);
            expected = undefined;
            size = 0;
            took(performance.now() - sent);
            send();
        });
    });
}

/**
 * Sends the requests over raw sockets, since on two cores a full HTTP client takes more of the machine than the servers it measures.
 * @throws where a response is not a 200
 */
export async function load({ port, path, contentType, accept, body, clients, requests }: Load): Promise<LoadTimes> {
    const head = [
        `POST ${path} HTTP/1.1`,
        "Host: 127.0.0.1",
        `Content-Type: ${contentType}`,
        `Content-Length: ${body.length}`,
        ...(accept === undefined ? [] : [`Accept: ${accept}`]),
    ].join("\r\n");
    const request = Buffer.concat([Buffer.from(head + HEAD_END), body]);
    const each: number[] = [];
    let left = requests;
    const began = performance.now();
    const one = () =>
        client(
            port,
            request,
            () => left-- > 0,
            (milliseconds) => each.push(milliseconds),
        );
    await Promise.all(Array.from({ length: clients }, one));
    return { each, total: performance.now() - began };
}
