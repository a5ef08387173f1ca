import type { Exchange } from "../gateway/served-endpoint.ts";

/** What an endpoint's configuration says of data capture. */
export interface CaptureOptions {
    readonly samplingPercent: number;
    /** `Input`, `Output` or both. */
    readonly modes: readonly string[];
    /** Media types that are kept as text. */
    readonly csv: readonly string[];
    readonly json: readonly string[];
}

type Payload = Exchange["request"];

/** `text/csv; charset=utf-8` is kept as `text/csv` is. */
const mediaType = (contentType: string | undefined): string => (contentType ?? "").split(";")[0]?.trim() ?? "";

function encoded({ contentType, body }: Payload, mode: "INPUT" | "OUTPUT", { csv, json }: CaptureOptions) {
    const type = mediaType(contentType);
    const encoding = csv.includes(type) ? "CSV" : json.includes(type) ? "JSON" : "BASE64";
    return {
        observedContentType: contentType ?? "",
        mode,
        data: body.toString(encoding === "BASE64" ? "base64" : "utf8"),
        encoding,
    };
}

/** A request and its answer as SageMaker's data capture records them: one line of JSON. */
export function captureLine(exchange: Exchange, options: CaptureOptions, eventId: string, time: Date): string {
    const { request, answer, inferenceId } = exchange;
    return JSON.stringify({
        captureData: {
            ...(options.modes.includes("Input") && { endpointInput: encoded(request, "INPUT", options) }),
            ...(options.modes.includes("Output") && { endpointOutput: encoded(answer, "OUTPUT", options) }),
        },
        eventMetadata: {
            eventId,
            ...(inferenceId !== undefined && { inferenceId }),
            inferenceTime: `${time.toISOString().slice(0, 19)}Z`,
        },
        eventVersion: "0",
    });
}
