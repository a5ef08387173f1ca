import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

/** Statuses other than 400, by the codes of Node's HTTP parser. */
const STATUSES: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Codes of a client that goes away, between requests or in the middle of one; it needs no answer and no line. */
const GONE = new Set(["ECONNRESET", "EPIPE", "HPE_INVALID_EOF_STATE"]);

/** Answers bytes that are no HTTP request, where there still is a connection, and ends it. */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex, log: (line: string) => void): void {
    const code = error.code ?? error.message;
    if (GONE.has(code) || !socket.writable) {
        socket.destroy();
        return;
    }
    const status = STATUSES[code] ?? 400;
    log(`gateway: refused a malformed request with ${status}: ${code}`);
    const body = JSON.stringify({ Message: `The request is not valid HTTP: ${code}.` });
    socket.end(
        [
            `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
            "Connection: close",
            "Content-Type: application/json",
            `Content-Length: ${body.length}`,
            "x-amzn-ErrorType: ValidationError",
            "",
            body,
        ].join("\r\n"),
    );
}
