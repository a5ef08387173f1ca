import { resourceRule } from "../../framework/rule.ts";
import { ENDPOINT_CONFIGURATION } from "./types.ts";

export const endpointConfigurationDataCapture = resourceRule({
    id: "endpoint-configuration-data-capture",
    title: "Data capture says where its files go, and what share of requests it keeps.",
    why: "Without a destination or captured parts nothing is kept, which shows on the day the data is wanted.",
    controls: [{ standard: "ours", id: "CreateEndpointConfig" }],
    remediation: "Set destinationS3Uri, initialSamplingPercentage and captureOptions.",
    level: "mandatory",
    types: [ENDPOINT_CONFIGURATION],
    check: ({ properties: configuration }) => {
        const capture = configuration.block("dataCaptureConfig");
        if (capture?.flag("enableCapture") !== true) return [];
        const destination = capture.has("destinationS3Uri") ? capture.text("destinationS3Uri") : "";
        const percent = capture.number("initialSamplingPercentage") ?? 0;
        return [
            destination !== undefined && /^s3:\/\/[^/]+/.test(destination)
                ? []
                : [
                      capture.problem(
                          "destinationS3Uri",
                          `${destination === "" ? "is not set" : `is "${destination ?? ""}"`}; accepted: s3://BUCKET/PREFIX`,
                      ),
                  ],
            percent >= 1 && percent <= 100
                ? []
                : [capture.problem("initialSamplingPercentage", `is ${percent}; accepted: 1 to 100`)],
            capture.blocks("captureOptions").length > 0
                ? []
                : [capture.problem("captureOptions", "is empty; accepted: Input, Output or both")],
        ].flat();
    },
});
