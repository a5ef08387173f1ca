import { read } from "../readings.ts";
import { plain } from "./lines.ts";
import { eachVariant, latencyChart, type Section, sums, type View, WIDE } from "./view.ts";

/** What waits before an asynchronous endpoint. */
export const queue = ({ watched, thresholds }: View): Section => {
    const of = { EndpointName: watched.name };
    return {
        title: "Queue",
        charts: [
            {
                title: "Requests in the queue",
                axis: "requests",
                threshold: thresholds.backlog,
                lines: [
                    plain(read("ApproximateBacklogSize", of, "Maximum"), "all"),
                    plain(read("ApproximateBacklogSizePerInstance", of, "Maximum"), "by instance"),
                ],
            },
            {
                title: "Age of the oldest request",
                axis: "s",
                threshold: thresholds["backlog-age"],
                lines: [
                    plain(read("ApproximateAgeOfOldestRequest", of, "Maximum"), "age"),
                    plain(read("HasBacklogWithoutCapacity", of, "Maximum"), "1: waits, and there is no instance"),
                ],
            },
            {
                title: "Failures",
                axis: "a minute",
                lines: eachVariant(watched, (variant, label) =>
                    sums(watched, variant, {
                        InvocationFailures: label("failed"),
                        RequestDownloadFailures: label("input not read"),
                        ResponseUploadFailures: label("output not written"),
                        ExpiredRequests: label("expired"),
                        NotificationFailures: label("not notified"),
                    }),
                ),
            },
            ...latencyChart(
                { watched, thresholds },
                "RequestDownloadLatency",
                "Reading input from S3",
                undefined,
                WIDE,
            ),
            ...latencyChart({ watched, thresholds }, "ResponseUploadLatency", "Writing output to S3", undefined, WIDE),
        ],
    };
};
