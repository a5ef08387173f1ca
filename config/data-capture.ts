import { choice, list, matching, object, optional, prefix, whole } from "./fields.ts";

const mediaTypes = list(
    matching(/^[a-zA-Z0-9](-*[a-zA-Z0-9])*\/[a-zA-Z0-9](-*[a-zA-Z0-9.])*$/, "a media type, such as text/csv"),
    { min: 1, max: 10 },
    "media types",
);

/** What an endpoint records. */
export const dataCapture = object({
    samplingPercent: optional(whole({ min: 1, max: 100 }, "percent"), "Of requests. Default 20."),
    record: optional(
        list(choice(["request", "response"]), { min: 1, max: 2 }, "of request, response"),
        "What is recorded. Default: both.",
    ),
    csv: optional(mediaTypes, "Media types kept as text, as CSV; others are kept in base64. Default text/csv."),
    json: optional(mediaTypes, "Media types kept as text, as JSON. Default application/json."),
    destination: optional(prefix, "Where files go. Default: a bucket made for it."),
    keepDays: optional(
        whole({ min: 1, max: 3650 }, "days"),
        "Until a file is deleted; of the bucket made for it. Default 90.",
    ),
});
