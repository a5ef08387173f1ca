import { crc32 } from "node:zlib";

/** The media type of the frames below. */
export const EVENT_STREAM = "application/vnd.amazon.eventstream";

/** Type byte of a header whose value is text. */
const STRING = 7;

function encodeHeaders(headers: Readonly<Record<string, string>>): Buffer {
    const parts = Object.entries(headers).map(([name, value]) => {
        const part = Buffer.alloc(1 + name.length + 3 + value.length);
        part.writeUInt8(name.length, 0);
        part.write(name, 1, "ascii");
        part.writeUInt8(STRING, 1 + name.length);
        part.writeUInt16BE(value.length, 2 + name.length);
        part.write(value, 4 + name.length, "ascii");
        return part;
    });
    return Buffer.concat(parts);
}

/** A frame: total and headers length, CRC of both, headers, payload, CRC of all before it; integers are big-endian. */
function frame(headers: Buffer, payload: Uint8Array): Buffer {
    const length = 12 + headers.length + payload.length + 4;
    const message = Buffer.allocUnsafe(length);
    message.writeUInt32BE(length, 0);
    message.writeUInt32BE(headers.length, 4);
    message.writeUInt32BE(crc32(message.subarray(0, 8)), 8);
    headers.copy(message, 12);
    message.set(payload, 12 + headers.length);
    message.writeUInt32BE(crc32(message.subarray(0, length - 4)), length - 4);
    return message;
}

const PAYLOAD_PART = encodeHeaders({
    ":message-type": "event",
    ":event-type": "PayloadPart",
    ":content-type": "application/octet-stream",
});

/** A piece of the response, as an event of the stream. */
export const payloadPart = (bytes: Uint8Array): Buffer => frame(PAYLOAD_PART, bytes);

/** An exception that ends a stream: `ModelStreamError` with an error code, or `InternalStreamFailure`. */
export function streamException(type: "ModelStreamError" | "InternalStreamFailure", fields: object): Buffer {
    const headers = { ":message-type": "exception", ":exception-type": type, ":content-type": "application/json" };
    return frame(encodeHeaders(headers), Buffer.from(JSON.stringify(fields)));
}
