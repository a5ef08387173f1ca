import { LIMITS } from "../plans/limits.ts";
import { choice, list, matching, object, optional, prefix, text, whole } from "./fields.ts";

const address = matching(/^[^@\s]+@[^@\s]+\.[^@\s]+$/, "an e-mail address");

/** Batch transform of the model. */
export const transform = object({
    contentType: text("a media type, such as application/jsonlines").describe("Media type of the input."),
    accept: optional(text("a media type, such as text/csv"), "Media type wanted. Default: the container's own."),
    split: optional(choice(["none", "line"]), "none: a file is a request; line: a line is a record. Default none."),
    strategy: optional(
        choice(["single-record", "multi-record"]),
        "Records of a request: one, or as many as fit in maxPayloadMiB. Default multi-record.",
    ),
    assemble: optional(
        choice(["none", "line"]),
        "none: responses follow each other as they are; line: each ends its line. Default none.",
    ),
    concurrency: optional(whole(LIMITS.transformConcurrency, "requests"), "In flight to each instance. Default 1."),
    maxPayloadMiB: optional(whole(LIMITS.transformPayloadMiB, "MiB"), "Of a request at most. Default 6."),
    responseTimeoutSeconds: optional(
        whole(LIMITS.transformResponseSeconds, "seconds"),
        "For a response of all containers. Default 600.",
    ),
    responseRetries: optional(
        whole(LIMITS.transformRetries, "retries"),
        "How often a request that failed is sent again. Default 3.",
    ),
    instanceType: optional(
        matching(/^ml\.[a-z0-9-]+\.[a-z0-9]+$/, "an instance type, such as ml.m5.large"),
        "Default ml.m5.large.",
    ),
    instanceCount: optional(whole(LIMITS.transformInstances, "instances"), "Files are spread over them. Default 1."),
    input: optional(prefix, "Where files are read. Default: input/ of a bucket made for it."),
    output: optional(prefix, "Where results are written. Default: output/ of a bucket made for it."),
    startOn: optional(
        choice(["object", "manifest"]),
        "What starts a job when it lands below the input. Default: nothing.",
    ),
    jobRetries: optional(whole({ min: 0, max: 10 }, "retries"), "Of a job that failed. Default 1."),
    jobTimeoutMinutes: optional(
        whole(LIMITS.executionMinutes, "minutes"),
        "Until a job is stopped and counts as failed. Default 1440.",
    ),
    notify: optional(
        list(address, { min: 1, max: 20 }, "e-mail addresses"),
        "Who hears of a job that failed; each address must confirm.",
    ),
});
